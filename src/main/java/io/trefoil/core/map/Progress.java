package io.trefoil.core.map;

import java.util.List;

/// How far one node's copies are: what it reports to the council.
///
/// @param epoch the map epoch this was said in
/// @param behind the partitions it votes for whose copy here is not complete yet, in rising order
/// @param open the partitions it votes for that are complete here but not known to be equal on all
///   voters, in rising order
/// @param surplus the partitions of which it holds a copy though it does not vote for them, in
///   rising order
/// @param damaged the partitions it votes for of whose copy here something cannot be read, in
///   rising order; they are behind, too, and stay so until the node comes in anew
/// @param keys how many keys it holds, about
/// @param bytes how many bytes they take, about
public record Progress(
    long epoch,
    List<Integer> behind,
    List<Integer> open,
    List<Integer> surplus,
    List<Integer> damaged,
    long keys,
    long bytes) {

  /// A node that holds nothing and owes nothing.
  public static Progress nothing(long epoch) {
    return new Progress(epoch, List.of(), List.of(), List.of(), List.of(), 0, 0);
  }

  /// Whether all its copies are complete and known to be equal to the others'.
  public boolean isWhole() {
    return behind.isEmpty() && open.isEmpty() && surplus.isEmpty();
  }
}
