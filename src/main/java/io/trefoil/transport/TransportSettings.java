package io.trefoil.transport;

import io.trefoil.core.model.Address;
import io.trefoil.core.model.NodeId;
import io.trefoil.wire.ClusterKeys;

/// How one node meets its peers.
///
/// @param listen the local address and the port of both sockets (`trefoil.peer.host`,
///   `trefoil.peer.port`); port 0 lets the system choose one, for tests
/// @param advertise where peers reach this node (`trefoil.peer.advertise`); port 0 stands for the
///   port listened on
/// @param cluster hash of the cluster's name: packets with another are dropped
/// @param self this node
/// @param run its boot counter
/// @param keys what packets are sealed with (`trefoil.peer.keys`)
public record TransportSettings(
    Address listen, Address advertise, long cluster, NodeId self, long run, ClusterKeys keys) {}
