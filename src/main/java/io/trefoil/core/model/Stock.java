package io.trefoil.core.model;

/// How much a node keeps, as it said last.
///
/// @param node who said so
/// @param keys how many keys, tombstones included, about
/// @param bytes how many bytes they take, about
public record Stock(NodeId node, long keys, long bytes) {}
