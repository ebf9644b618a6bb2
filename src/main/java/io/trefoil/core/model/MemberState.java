package io.trefoil.core.model;

/// What the membership protocol holds a node to be. Within one incarnation, a later constant
/// overrides an earlier one.
public enum MemberState {
  /// It answers.
  ALIVE,
  /// It said it will be back within a stated time: requests avoid it, ownership waits.
  RESTARTING,
  /// Somebody got no answer from it; it has some seconds to refute that.
  SUSPECT,
  /// It did not refute in time.
  DEAD,
  /// It said it is gone for good.
  LEFT
}
