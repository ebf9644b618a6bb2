package io.trefoil.simulation.history;

import java.util.BitSet;

/// One call as the search for an order sees it. What a key holds is a small number: 0 for nothing,
/// above 0 for the value of one write.
///
/// @param call what it stands for
/// @param invoked when it began, as an order of moments
/// @param returned when it had ended; [#NEVER] if it may take effect at any time or not at all
/// @param fits what the key must hold for the call to end as it did
/// @param after what the key holds then; [#KEPT] if the call changes nothing
record Step(Call call, long invoked, long returned, Fit fits, int after) {

  static final long NEVER = Long.MAX_VALUE;
  static final int KEPT = -1;

  /// Whether nobody knows if it took effect.
  boolean isOptional() {
    return returned == NEVER;
  }

  /// What the key holds after the call.
  int from(int state) {
    return after == KEPT ? state : after;
  }

  /// Which states of the key agree with how a call ended.
  sealed interface Fit {

    /// Whether this state does.
    boolean holds(int state);

    /// Any state: a blind write.
    record Any() implements Fit {
      @Override
      public boolean holds(int state) {
        return true;
      }
    }

    /// One state: what a read found, what a refusal named.
    record Exactly(int required) implements Fit {
      @Override
      public boolean holds(int state) {
        return state == required;
      }
    }

    /// Any value at all.
    record Present() implements Fit {
      @Override
      public boolean holds(int state) {
        return state > 0;
      }
    }

    /// The values that a compare-and-set named by their versions.
    record OneOf(BitSet states) implements Fit {
      @Override
      public boolean holds(int state) {
        return states.get(state);
      }
    }

    /// The state named, though the condition forbids it: a refusal that should not have been.
    record Never() implements Fit {
      @Override
      public boolean holds(int state) {
        return false;
      }
    }
  }
}
