package io.trefoil.core.map;

/// What a node sees of another just now, as membership tells it. It may be wrong: it is reason
/// enough to propose a map, never to count a vote.
///
/// @param member as it describes itself, standing as one with a share of the ring
/// @param presence whether it answers
/// @param forNanos for how long it has been seen so; 0 for one that is there
public record Sighting(MapMember member, Presence presence, long forNanos) {

  /// Whether a node answers.
  public enum Presence {
    /// It does.
    THERE,
    /// It does not just now, or it said that it would be back: nobody waits for it, nothing moves.
    AWAY,
    /// It has not answered for so long that it is held dead.
    DEAD,
    /// It said that it goes for good.
    GONE
  }
}
