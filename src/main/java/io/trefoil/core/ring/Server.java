package io.trefoil.core.ring;

import io.trefoil.core.model.NodeId;

/// A node as the ring sees it.
///
/// @param id where its tokens lie
/// @param zone its failure domain; empty if none was named
/// @param weight its share relative to others, above 0
public record Server(NodeId id, String zone, int weight) {}
