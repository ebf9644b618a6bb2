package io.trefoil.core.map;

import io.trefoil.core.model.NodeId;
import java.util.Optional;

/// What nodes say to each other about the cluster map. Genesis is one decision of single-decree
/// Paxos among the seeds: every seed must promise, a majority must accept.
public sealed interface MapMessage {

  /// To every seed: do you know a map? If not, promise this ballot, and say what you accepted.
  ///
  /// @param candidate the asker as the first map would list it
  record Inquire(MapBallot ballot, MapMember candidate) implements MapMessage {}

  /// Answers [Inquire]: no map here; promised. Answers [Pull] too, where no map is known: the
  /// ballot is then [MapBallot#ZERO] and nothing is promised.
  ///
  /// @param self the answerer as the first map would list it
  /// @param accepted the ballot of `proposal`; [MapBallot#ZERO] without one
  /// @param proposal what it accepted before, which then must be proposed again
  record Unmapped(
      MapBallot ballot, MapMember self, MapBallot accepted, Optional<ClusterMap> proposal)
      implements MapMessage {}

  /// Answers [Inquire] and [Propose]: another seed was promised a higher ballot.
  record Preempted(MapBallot ballot, MapBallot promised) implements MapMessage {}

  /// To every seed: accept this first map.
  record Propose(MapBallot ballot, ClusterMap map) implements MapMessage {}

  /// Answers [Propose].
  record Endorsed(MapBallot ballot, NodeId by) implements MapMessage {}

  /// Send me the map if yours is newer than this epoch (0: I have none).
  record Pull(long epoch) implements MapMessage {}

  /// The map: answers [Pull], and [Inquire] and [Propose] where one is known. Whoever learns that
  /// its proposal was accepted by a majority sends it to the other seeds unasked.
  record Decided(ClusterMap map) implements MapMessage {}
}
