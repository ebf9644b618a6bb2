package io.trefoil.core.register;

/// Ties an answer to its request: echoed unchanged.
///
/// @param operation the coordinator's number for the operation
/// @param round which round trip of it, from 1
public record Exchange(long operation, int round) {}
