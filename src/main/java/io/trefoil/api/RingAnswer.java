package io.trefoil.api;

import io.trefoil.runtime.RingView;
import java.util.List;
import java.util.Map;

/// The ring as JSON, compact: nodes are listed once and meant by their places in that list, from 0.
///
/// @param epoch the map's; 0 while none is known, and then the lists are empty
/// @param partitions how many there are
/// @param replication how many copies each key should have
/// @param members in order of id
/// @param voters for each partition, by its number, the places of its voters in ring order
/// @param moving for each partition that is on its way to other voters, the places of those
public record RingAnswer(
    long epoch,
    int partitions,
    int replication,
    List<Member> members,
    List<List<Integer>> voters,
    Map<Integer, List<Integer>> moving) {

  /// What one member has of the ring.
  ///
  /// @param name the operator's name for it
  /// @param id its identity, 16 hexadecimal digits
  /// @param zone its failure domain; empty if none was named
  /// @param weight its share relative to others
  /// @param standing active, draining or gone
  /// @param primaries how many partitions it is, or will be, the first voter of
  /// @param replicas how many it votes for, or will once all has moved, those included
  /// @param share what part of all copies that is, 0 to 1, to four places
  public record Member(
      String name,
      String id,
      String zone,
      int weight,
      String standing,
      int primaries,
      int replicas,
      double share) {

    private static Member of(RingView.Share share) {
      return new Member(
          share.name(),
          share.id().toString(),
          share.zone(),
          share.weight(),
          Label.of(share.standing()),
          share.primaries(),
          share.replicas(),
          Label.rounded(share.share()));
    }
  }

  /// Writes a view.
  static RingAnswer of(RingView view) {
    return new RingAnswer(
        view.epoch(),
        view.voters().size(),
        view.replication(),
        view.members().stream().map(Member::of).toList(),
        view.voters(),
        view.moving());
  }
}
