package io.trefoil.core.model;

/// The number of one attempt to write a register: higher ballots win. No two attempts ever share a
/// ballot, because a node never repeats a draw: that, not the clock, is what safety rests on
/// (docs/decisions/0003).
///
/// @param epoch the partition's epoch in which the ballot was drawn; 0 for [#ZERO] alone
/// @param at the drawing node's hybrid time, or later
/// @param node the node that drew it
/// @param draw unique among all draws of that node: its run in the upper 24 bits, a counter below
public record Ballot(long epoch, HybridTimestamp at, NodeId node, long draw)
    implements Comparable<Ballot> {

  /// Below every ballot drawn: nothing promised, nothing accepted.
  public static final Ballot ZERO = new Ballot(0, HybridTimestamp.ZERO, NodeId.NONE, 0);

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /// Whether this ballot is higher than the other.
  public boolean above(Ballot other) {
    return compareTo(other) > 0;
  }

  /// The higher of the two.
  public Ballot max(Ballot other) {
    return above(other) ? this : other;
  }

  @Override
  public int compareTo(Ballot other) {
    int order = Long.compare(epoch, other.epoch);
    order = order != 0 ? order : at.compareTo(other.at);
    order = order != 0 ? order : node.compareTo(other.node);
    return order != 0 ? order : Long.compareUnsigned(draw, other.draw);
  }

  /// Spreads what differs between ballots drawn one after another, a few low bits of the time and
  /// the draw: tables of a hundred thousand ballots are kept.
  @Override
  public int hashCode() {
    return (int) ((draw * 31 + node.bits() + at.bits()) * GOLDEN >>> 32);
  }

  @Override
  public String toString() {
    return epoch + "/" + at + "/" + node + "/" + Long.toHexString(draw);
  }
}
