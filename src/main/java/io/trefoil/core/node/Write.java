package io.trefoil.core.node;

import io.trefoil.core.map.MapWrite;
import io.trefoil.core.register.RegisterWrite;

/// What a node puts on disk.
public sealed interface Write {

  /// Council and map.
  record OfMap(MapWrite write) implements Write {}

  /// A register.
  record OfRegister(RegisterWrite write) implements Write {}
}
