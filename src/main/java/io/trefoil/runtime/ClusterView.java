package io.trefoil.runtime;

import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import java.util.List;
import java.util.Optional;

/// The cluster as one node sees it: what `GET /v1/cluster` tells. Views of two nodes may differ
/// while news travels.
///
/// @param name the cluster's name, as configured
/// @param id the cluster's id, 16 hexadecimal digits; empty while no map is known
/// @param epoch the cluster map's version; 0 while none is known
/// @param stable a map is known, no partition is moving, and every voter of every partition is
///   alive
/// @param council the members that decide the next map, at most five
/// @param steward the council member that proposes map changes; empty while nobody does
/// @param partitions how the partitions fare
/// @param forcedEpoch the epoch in which an operator last forced the council; 0 for never
/// @param damaged partitions of which the asked node's copy is damaged, so that it does not vote
/// @param members everybody in the map or known to membership, in order of node id
public record ClusterView(
    String name,
    Optional<String> id,
    long epoch,
    boolean stable,
    List<NodeId> council,
    Optional<NodeId> steward,
    PartitionCounts partitions,
    long forcedEpoch,
    List<Integer> damaged,
    List<Member> members) {

  /// How many partitions are in which condition. Each is counted once under `fullyReplicated`,
  /// `underReplicated` or `unavailable`.
  ///
  /// @param total how many there are; 0 while no map is known
  /// @param fullyReplicated as many voters as the map wants copies are alive
  /// @param moving voters are being replaced
  /// @param underReplicated fewer voters are alive than there should be copies, but a majority is
  /// @param unavailable no majority of the voters is alive
  /// @param forced an operator's policy made a single survivor the source
  public record PartitionCounts(
      int total,
      int fullyReplicated,
      int moving,
      int underReplicated,
      int unavailable,
      int forced) {

    /// Without a map there are no partitions.
    public static final PartitionCounts NONE = new PartitionCounts(0, 0, 0, 0, 0, 0);
  }

  /// What the cluster means to do with a member.
  public enum Standing {
    /// It has its share of the ring.
    ACTIVE,
    /// The operator takes it out: what it holds moves to others.
    DRAINING,
    /// It was away for so long that its share went to others.
    GONE
  }

  /// One member.
  ///
  /// @param name the operator's name for it
  /// @param id its identity
  /// @param standing what the map means to do with it; empty if it is not in the map
  /// @param state what membership holds it to be; empty if membership has not heard of it, as right
  ///   after a restart
  /// @param http `host:port` where clients reach it; empty if unknown
  /// @param peer `host:port` where peers reach it
  /// @param zone its failure domain; empty if none was named
  /// @param version the highest protocol version it speaks; 0 if unknown
  /// @param primaries how many partitions it is the first voter of
  /// @param replicas how many partitions it votes for, those included
  /// @param keys how many keys it keeps, tombstones included, about; empty while nobody tells
  /// @param bytes how many bytes they take, about; likewise
  /// @param epoch its map epoch when last heard of; 0 if it had none
  /// @param clockOffsetMs its wall clock minus what most of its peers say; empty where this node
  ///   cannot tell, which is for all but itself
  public record Member(
      String name,
      NodeId id,
      Optional<Standing> standing,
      Optional<MemberState> state,
      String http,
      String peer,
      String zone,
      int version,
      int primaries,
      int replicas,
      Optional<Long> keys,
      Optional<Long> bytes,
      long epoch,
      Optional<Long> clockOffsetMs) {}
}
