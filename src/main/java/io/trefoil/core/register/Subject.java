package io.trefoil.core.register;

import io.trefoil.core.model.Key;

/// What a request to a replica is about.
///
/// @param key the register
/// @param partition the key's partition
/// @param epoch the partition's epoch as the sender knows it; a replica at another refuses
public record Subject(Key key, int partition, long epoch) {}
