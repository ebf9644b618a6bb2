package io.trefoil.api;

import io.trefoil.core.model.NodeId;
import io.trefoil.runtime.ClusterView;
import io.trefoil.runtime.ClusterView.PartitionCounts;
import java.util.List;

/// The cluster as JSON. What is not known is null.
///
/// @param name the cluster's name
/// @param id the cluster's id, 16 hexadecimal digits; null while no map is known
/// @param epoch the cluster map's version; 0 while none is known
/// @param stable nothing is moving and nobody is missing
/// @param council ids of the members that decide the next map
/// @param steward id of the council member that proposes changes; null while nobody does
/// @param partitions how many partitions are in which condition
/// @param forcedEpoch the epoch in which an operator last forced the council; 0 for never
/// @param damaged partitions of which the asked node's copy is damaged, so that it does not vote
/// @param members everybody known, in order of id
public record ClusterAnswer(
    String name,
    String id,
    long epoch,
    boolean stable,
    List<String> council,
    String steward,
    PartitionCounts partitions,
    long forcedEpoch,
    List<Integer> damaged,
    List<Member> members) {

  /// One member.
  ///
  /// @param name the operator's name for it
  /// @param id its identity, 16 hexadecimal digits
  /// @param standing what the map means to do with it: active, draining or gone; null if it is not
  ///   in the map
  /// @param state alive, restarting, suspect, dead or left; unknown if membership has not heard of
  ///   it
  /// @param http `host:port` where clients reach it; empty if not known
  /// @param peer `host:port` where peers reach it
  /// @param zone its failure domain; empty if none was named
  /// @param version the highest protocol version it speaks; 0 if not known
  /// @param primaries how many partitions it is the first voter of
  /// @param replicas how many partitions it votes for, those included
  /// @param keys how many keys it keeps, tombstones included, about; null while nobody tells
  /// @param bytes how many bytes they take, about; null likewise
  /// @param epoch its map epoch when last heard of
  /// @param clockOffsetMs its clock minus what most of its peers say; null where the node asked
  ///   cannot tell, which is for all but itself
  public record Member(
      String name,
      String id,
      String standing,
      String state,
      String http,
      String peer,
      String zone,
      int version,
      int primaries,
      int replicas,
      Long keys,
      Long bytes,
      long epoch,
      Long clockOffsetMs) {

    static Member of(ClusterView.Member member) {
      return new Member(
          member.name(),
          member.id().toString(),
          member.standing().map(Label::of).orElse(null),
          member.state().map(Label::of).orElse("unknown"),
          member.http(),
          member.peer(),
          member.zone(),
          member.version(),
          member.primaries(),
          member.replicas(),
          member.keys().orElse(null),
          member.bytes().orElse(null),
          member.epoch(),
          member.clockOffsetMs().orElse(null));
    }
  }

  /// Writes a view.
  static ClusterAnswer of(ClusterView view) {
    return new ClusterAnswer(
        view.name(),
        view.id().orElse(null),
        view.epoch(),
        view.stable(),
        view.council().stream().map(NodeId::toString).toList(),
        view.steward().map(NodeId::toString).orElse(null),
        view.partitions(),
        view.forcedEpoch(),
        view.damaged(),
        view.members().stream().map(Member::of).toList());
  }
}
