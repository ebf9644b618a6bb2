package io.trefoil.core.register;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.Register;

/// What a replica puts on disk.
///
/// @param partition the key's partition
/// @param register the whole new state of the register
public record RegisterWrite(int partition, Key key, Register register) {}
