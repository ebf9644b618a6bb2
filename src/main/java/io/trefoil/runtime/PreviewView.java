package io.trefoil.runtime;

import java.util.List;
import java.util.Optional;

/// What a change of members would move: what `POST /v1/cluster:preview` tells.
///
/// @param epoch of the map that it was made out from
/// @param partitions how many partitions would get another voter
/// @param copies how many copies would be made
/// @param total how many copies there would be
/// @param bytes how many bytes the copies would have, about; empty while nobody tells how much the
///   nodes keep
/// @param peakToMeanBefore the most that a member keeps now, against the mean, in partitions
/// @param peakToMeanAfter the same afterwards
/// @param shares how many partitions each member would keep, in order of name
public record PreviewView(
    long epoch,
    int partitions,
    int copies,
    int total,
    Optional<Long> bytes,
    double peakToMeanBefore,
    double peakToMeanAfter,
    List<Share> shares) {

  /// Without a map, or a member of the leaver's name, there is nothing to tell.
  static final PreviewView NONE = new PreviewView(0, 0, 0, 0, Optional.empty(), 0, 0, List.of());

  /// What one member keeps.
  ///
  /// @param name the operator's name for it
  /// @param before how many partitions the ring gives it now
  /// @param after how many it would give it then
  public record Share(String name, int before, int after) {}

  /// A change to be looked at.
  public sealed interface Change {

    /// A node joins.
    ///
    /// @param name the operator's name for it
    /// @param zone its failure domain; empty for none
    /// @param weight its share relative to others, above 0
    record Join(String name, String zone, int weight) implements Change {}

    /// A member leaves.
    ///
    /// @param name the operator's name for it
    record Leave(String name) implements Change {}
  }
}
