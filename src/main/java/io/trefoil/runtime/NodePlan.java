package io.trefoil.runtime;

import io.trefoil.core.model.Address;
import io.trefoil.core.node.NodeSettings;
import io.trefoil.runtime.TrefoilSettings.Engine;
import io.trefoil.storage.StoreSettings;
import io.trefoil.storage.SyncPolicy;
import io.trefoil.wire.ClusterKeys;
import java.nio.file.Path;
import java.util.List;

/// The settings of one node, checked and typed.
///
/// @param node what the node itself needs; no seeds if none were set, and port 0 in its address if
///   any port will do
/// @param listen what the sockets are bound to; port 0 for any that is free
/// @param keys what packets are sealed with
/// @param dataDir where the node keeps its state
/// @param engine what keeps it
/// @param reserveBytes how much of its disk must stay free
/// @param sync when it is made to survive a loss of power
/// @param operationsLog whether each is logged
record NodePlan(
    NodeSettings node,
    Address listen,
    ClusterKeys keys,
    Path dataDir,
    Engine engine,
    long reserveBytes,
    SyncPolicy sync,
    boolean operationsLog) {

  /// What the store on disk needs.
  StoreSettings store() {
    return new StoreSettings(dataDir, node.cluster(), reserveBytes);
  }

  /// The node's settings once its sockets are bound.
  ///
  /// @param bound where peers reach it
  NodeSettings nodeAt(Address bound) {
    List<Address> seeds = node.seeds().isEmpty() ? List.of(bound) : node.seeds();
    return new NodeSettings(
        node.cluster(),
        node.name(),
        node.zone(),
        node.weight(),
        bound,
        node.http(),
        seeds,
        node.partitions(),
        node.replication(),
        node.tokens(),
        node.maxOpenOperations(),
        node.membership(),
        node.policy(),
        node.copies());
  }
}
