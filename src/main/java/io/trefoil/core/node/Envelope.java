package io.trefoil.core.node;

import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.NodeId;

/// A message with what every packet carries.
///
/// @param cluster hash of the cluster's name: packets of another cluster are dropped
/// @param from the sender
/// @param run the sender's boot counter
/// @param to whom it is meant for; [NodeId#NONE] for whoever is at the address
/// @param epoch the sender's map epoch; 0 without a map
/// @param at the sender's hybrid time
/// @param message what it says
public record Envelope(
    long cluster,
    NodeId from,
    long run,
    NodeId to,
    long epoch,
    HybridTimestamp at,
    Message message) {}
