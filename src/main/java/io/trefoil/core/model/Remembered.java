package io.trefoil.core.model;

/// An operation that was done under an Idempotency-Key.
///
/// @param idempotency 64-bit hash of the Idempotency-Key; never 0
/// @param version what that operation wrote
public record Remembered(long idempotency, Version version) {}
