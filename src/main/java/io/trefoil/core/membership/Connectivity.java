package io.trefoil.core.membership;

/// Whether it is this node that is cut off, and not its targets: it is when more than a third of
/// the last ten targets failed, or when there is nobody left whom it does not suspect. With nobody
/// left at all it is alone, not cut off.
///
/// Only the first failure of a target counts, the one that makes it suspect. Otherwise the one dead
/// member of a three-node cluster, probed every other period, would make the others call themselves
/// isolated for as long as it is not condemned, and an isolated node condemns nobody. The second
/// condition is for clusters so small that a third of ten is never reached.
final class Connectivity {

  private static final int WINDOW = 10;
  private static final int THIRD = WINDOW / 3;

  private static final int SILENT_PROBES = 2;

  private int failures;
  private int silentProbes;

  /// A target answered.
  void reached() {
    push(0);
    silentProbes = 0;
  }

  /// A relay answered.
  void answered() {
    silentProbes = 0;
  }

  /// A probe got no answer at all.
  void unanswered() {
    silentProbes++;
  }

  /// A target held alive did not answer.
  void missed() {
    push(1);
  }

  /// @param live how many members besides this node are not gone
  /// @param suspects how many of them are suspect
  boolean isIsolated(int live, int suspects) {
    boolean isCutOff =
        Integer.bitCount(failures) > THIRD || silentProbes >= SILENT_PROBES || suspects == live;
    return live > 0 && isCutOff;
  }

  private void push(int bit) {
    failures = (failures << 1 | bit) & (1 << WINDOW) - 1;
  }
}
