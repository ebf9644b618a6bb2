package io.trefoil.simulation.heritage;

/// What a scenario does to ten nodes, tick by tick.
interface Script {

  /// A tick begins.
  default void begins(int tick) {}

  /// A tick ends.
  default void ends(int tick) {}
}
