package io.trefoil.core.map;

/// How whole the cluster is, as a council member makes it out from what the nodes report.
///
/// @param epoch the map it was made out by; 0 if nothing is known yet
/// @param total how many partitions there are
/// @param whole of these, how many are stable, on the ring's target and equal on all voters
/// @param moving how many are on their way to other voters
/// @param underReplicated how many lack a complete copy on one of their voters, but have a quorum
/// @param unavailable how many have no quorum of voters that answer
/// @param forced how many went on with a survivor alone at some time
public record Summary(
    long epoch,
    int total,
    int whole,
    int moving,
    int underReplicated,
    int unavailable,
    int forced) {

  /// Nothing is known yet.
  public static final Summary NONE = new Summary(0, 0, 0, 0, 0, 0, 0);

  /// Whether every partition is whole in the map of that epoch; false if this is of another.
  public boolean isStableIn(long mapEpoch) {
    return epoch > 0 && epoch == mapEpoch && whole == total;
  }
}
