package io.trefoil.core.map;

import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Stock;
import java.util.List;
import java.util.Optional;

/// What nodes say to each other about the cluster map.
public sealed interface MapMessage {

  /// How the first map is decided: single-decree Paxos among the seeds, in which every seed must
  /// promise and a majority must accept.
  sealed interface OfGenesis extends MapMessage {}

  /// How a later map is decided: single-decree Paxos among the council of the map before it, with
  /// majorities on both sides.
  sealed interface OfSynod extends MapMessage {

    /// The epoch of the map to be decided.
    long epoch();

    /// The attempt that this is about.
    MapBallot ballot();
  }

  /// To every seed: do you know a map? If not, promise this ballot, and say what you accepted.
  ///
  /// @param candidate the asker as the first map would list it
  record Inquire(MapBallot ballot, MapMember candidate) implements OfGenesis {}

  /// Answers [Inquire]: no map here; promised. Answers [Pull] too, where no map is known: the
  /// ballot is then [MapBallot#ZERO] and nothing is promised.
  ///
  /// @param self the answerer as the first map would list it
  /// @param accepted the ballot of `proposal`; [MapBallot#ZERO] without one
  /// @param proposal what it accepted before, which then must be proposed again
  record Unmapped(
      MapBallot ballot, MapMember self, MapBallot accepted, Optional<ClusterMap> proposal)
      implements OfGenesis {}

  /// Answers [Inquire] and [Propose]: another seed was promised a higher ballot.
  record Preempted(MapBallot ballot, MapBallot promised) implements OfGenesis {}

  /// To every seed: accept this first map.
  record Propose(MapBallot ballot, ClusterMap map) implements OfGenesis {}

  /// Answers [Propose].
  record Endorsed(MapBallot ballot, NodeId by) implements OfGenesis {}

  /// To the council: promise this ballot, and say what you accepted.
  record Prepare(long epoch, MapBallot ballot) implements OfSynod {}

  /// Answers [Prepare].
  ///
  /// @param accepted the ballot of `proposal`; [MapBallot#ZERO] without one
  /// @param proposal what it accepted before
  record Promised(long epoch, MapBallot ballot, MapBallot accepted, Optional<ClusterMap> proposal)
      implements OfSynod {}

  /// To the council: accept this map.
  record Accept(long epoch, MapBallot ballot, ClusterMap map) implements OfSynod {}

  /// Answers [Accept].
  record Accepted(long epoch, MapBallot ballot) implements OfSynod {}

  /// Answers [Prepare] and [Accept]: a higher ballot was promised.
  record Outbid(long epoch, MapBallot ballot, MapBallot promised) implements OfSynod {}

  /// Send me the map if yours is newer than this epoch (0: I have none).
  record Pull(long epoch) implements MapMessage {}

  /// The map: answers [Pull], and every question about a map that is decided already. Whoever
  /// learns that its proposal was accepted by a majority sends it to the other voters unasked.
  record Decided(ClusterMap map) implements MapMessage {}

  /// What has changed since the receiver's map: answers the same as [Decided], and is sent unasked
  /// like it, wherever that is known to be enough.
  record Advanced(MapDelta delta) implements MapMessage {}

  /// To every council member, again and again: this is how far my copies are, and I am still here.
  ///
  /// @param number counts this node's reports since it started
  record Report(long number, Progress progress) implements MapMessage {}

  /// Answers [Report].
  ///
  /// @param number the report's
  /// @param granted whether the reporter may vote for one lease from when it sent the report
  /// @param summary how whole the cluster is
  /// @param droppable copies that the reporter need not keep: it does not vote for these
  ///   partitions, and all who do are complete; in rising order
  /// @param steward who proposes maps, as the answerer sees it
  record Noted(
      long number, boolean granted, Summary summary, List<Integer> droppable, NodeId steward)
      implements MapMessage {}

  /// To the steward, from the operator by way of any node: have a member leave, or stay after all.
  ///
  /// @param number counts the asker's orders
  /// @param name the member's
  /// @param standing [Standing#LEAVING] or [Standing#ACTIVE]
  record Order(long number, String name, Standing standing) implements MapMessage {}

  /// To the steward, likewise: may a member be stopped for a while?
  ///
  /// @param number counts the asker's orders
  /// @param name the member's
  record MayStop(long number, String name) implements MapMessage {}

  /// To the steward, likewise: how much does every node keep, and who has a complete copy of a
  /// partition?
  ///
  /// @param number counts the asker's orders
  /// @param partition below 0 for none
  record Survey(long number, int partition) implements MapMessage {}

  /// Answers [Survey].
  ///
  /// @param stocks of those that have reported, in order of node id
  /// @param complete in ring order
  record Surveyed(long number, List<Stock> stocks, List<NodeId> complete) implements MapMessage {}

  /// Answers [Order] and [MayStop].
  ///
  /// @param refusal why it will not be done, a sentence; empty when the map says it is done
  record Answered(long number, Optional<String> refusal) implements MapMessage {}
}
