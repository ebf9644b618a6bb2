package io.trefoil.simulation.world;

/// Something that must never happen, and did.
///
/// @param rule the invariant's name
/// @param nanos virtual time
/// @param sentence what happened
public record Violation(String rule, long nanos, String sentence) {

  @Override
  public String toString() {
    return "%s at %.3f s: %s".formatted(rule, nanos / 1e9, sentence);
  }
}
