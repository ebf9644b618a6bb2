package io.trefoil.core.map;

import io.trefoil.core.machine.Check;
import io.trefoil.core.machine.Command;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.Input.Asked;
import io.trefoil.core.machine.Input.Fetched;
import io.trefoil.core.machine.Input.Fired;
import io.trefoil.core.machine.Input.Heard;
import io.trefoil.core.machine.Input.Persisted;
import io.trefoil.core.machine.Input.Scanned;
import io.trefoil.core.machine.Input.Told;
import io.trefoil.core.machine.Input.Unreadable;
import io.trefoil.core.machine.Machine;
import io.trefoil.core.machine.News;
import io.trefoil.core.machine.Now;
import io.trefoil.core.machine.Sink;
import io.trefoil.core.map.MapAlarm.AttemptDue;
import io.trefoil.core.map.MapAlarm.InquiryDue;
import io.trefoil.core.map.MapAlarm.PullDue;
import io.trefoil.core.map.MapAlarm.RoundDue;
import io.trefoil.core.map.MapMessage.Accept;
import io.trefoil.core.map.MapMessage.Advanced;
import io.trefoil.core.map.MapMessage.Answered;
import io.trefoil.core.map.MapMessage.Decided;
import io.trefoil.core.map.MapMessage.Inquire;
import io.trefoil.core.map.MapMessage.MayStop;
import io.trefoil.core.map.MapMessage.Noted;
import io.trefoil.core.map.MapMessage.OfGenesis;
import io.trefoil.core.map.MapMessage.OfSynod;
import io.trefoil.core.map.MapMessage.Order;
import io.trefoil.core.map.MapMessage.Prepare;
import io.trefoil.core.map.MapMessage.Propose;
import io.trefoil.core.map.MapMessage.Pull;
import io.trefoil.core.map.MapMessage.Report;
import io.trefoil.core.map.MapMessage.Survey;
import io.trefoil.core.map.MapMessage.Surveyed;
import io.trefoil.core.map.MapWrite.Adopted;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Rule;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The map a node goes by: takes part in deciding it, learns newer ones, hands its own to whoever
/// is behind, tells the council how it is, and knows whether it may vote.
///
/// A map is adopted if its cluster is this node's own and its epoch is higher. It is in force, told
/// and handed on only when it is durable, so that no node ever falls behind what it has acted on.
public final class MapKeeper implements Machine<MapMessage, MapAlarm, MapWrite> {

  /// Between two looks around; longer: fewer reports, later steps of every move.
  static final Duration ROUND = Duration.ofMillis(500);

  /// From the first map to the first round: until the others have it, too, and grant a lease.
  private static final Duration FIRST_ROUND = Duration.ofMillis(100);

  /// Between two pulls: the time a large map may take to come.
  private static final Duration PULL_PERIOD = Duration.ofMillis(500);

  /// How far the epoch jumps when a council is forced: past all that the lost members may have
  /// decided without this node knowing.
  private static final long FORCED_LEAP = 1_000;

  private final Peer me;
  private final Surroundings surroundings;
  private final Journal journal = new Journal();
  private final Post post;
  private final Genesis genesis;
  private final Council council;
  private final Reporter reporter;
  private final Orders orders;

  /// What was adopted last, durable or not yet.
  private Optional<ClusterMap> adopted;

  /// What is in force.
  private Optional<ClusterMap> map;

  private Optional<Peer> ahead = Optional.empty();
  private boolean pulling;

  /// A map machine as its node starts.
  ///
  /// @param self this node as the first map would list it
  /// @param founding what the operator decided, should this node found the cluster
  /// @param policy what the operator decided about changes
  /// @param votes what was found on disk; [Votes#NONE] if nothing
  /// @param map the same
  /// @param surroundings the node's other machines
  /// @param rules those in force; all of them outside the simulator
  /// @param random for cluster ids and waits
  public MapKeeper(
      MapMember self,
      Founding founding,
      MapPolicy policy,
      Votes votes,
      Optional<ClusterMap> map,
      Surroundings surroundings,
      Set<Rule> rules,
      RandomGenerator random) {
    me = new Peer(self.id(), self.address());
    this.surroundings = surroundings;
    post = new Post(self.id(), surroundings);
    genesis = new Genesis(self, founding, votes.genesis(), journal, random);
    council =
        new Council(self.id(), policy, votes.council(), surroundings, journal, post, rules, random);
    reporter = new Reporter(policy, surroundings, post);
    orders = new Orders(post);
    adopted = map;
    this.map = map;
  }

  /// The map in force; empty until the first one is known.
  public Optional<ClusterMap> map() {
    return map;
  }

  /// Its epoch; 0 without one. Every packet carries it.
  public long epoch() {
    return map.map(ClusterMap::epoch).orElse(0L);
  }

  /// Without a map: the seeds, as far as they resolve, that have said nothing of late. Empty with a
  /// map.
  public List<Address> waitingFor() {
    return map.isPresent() ? List.of() : genesis.seeds().unheard();
  }

  /// Without a map: why no cluster can be founded though all seeds answer, a sentence; else empty.
  public Optional<String> obstacle() {
    return map.isPresent() ? Optional.empty() : genesis.seeds().obstacle();
  }

  /// Whether this node may vote on registers: it holds the council's lease, or needs none.
  public boolean mayVote(Now now) {
    return reporter.mayVote(now.nanos());
  }

  /// How whole the cluster is, as far as this node knows: a council member makes it out itself,
  /// others go by the steward's last word.
  public Summary summary() {
    return council.isSeated() ? council.summary() : reporter.summary();
  }

  /// Who proposes maps, as far as this node knows.
  public Optional<NodeId> steward() {
    return council.steward().or(reporter::steward);
  }

  /// How far a node's copies are, as it said last to this node. It tells the council only.
  public Optional<Progress> progressOf(NodeId node) {
    return council.progressOf(node);
  }

  /// Takes the copies here that need not be kept, by the map in force: this node does not vote for
  /// them, and all who do are complete.
  public List<Integer> takeDroppable() {
    return reporter.takeDroppable();
  }

  /// A peer's packet carried this map epoch. Pulls from it if that is higher than this node's; a
  /// lost pull is repeated by the next packet.
  public void heardOfEpoch(
      Peer peer, long epoch, Now now, Sink<MapMessage, MapAlarm, MapWrite> out) {
    heardOfEpoch(peer, epoch, new Moment(now, out));
  }

  @Override
  public void on(
      Input<MapMessage, MapAlarm> input, Now now, Sink<MapMessage, MapAlarm, MapWrite> out) {
    var at = new Moment(now, out);
    switch (input) {
      case Heard(var from, var message) -> heard(from, message, at);
      case Fired(var alarm, var late) -> fired(alarm, late, at);
      case Persisted(long ticket) -> journal.persisted(ticket, at);
      case Told(var news) -> told(news, at);
      case Fetched<MapMessage, MapAlarm> _,
          Scanned<MapMessage, MapAlarm> _,
          Unreadable<MapMessage, MapAlarm> _,
          Asked<MapMessage, MapAlarm> _ ->
          Check.that(false, "the map machine fetches no registers and serves no clients");
    }
    settle(at);
  }

  /// Takes what this node has said to itself, and what has been decided by it.
  private void settle(Moment at) {
    for (var own = post.take(); own.isPresent(); own = post.take()) {
      heard(me, own.get(), at);
    }
    if (adopted.isEmpty()) {
      genesis.decided().ifPresent(first -> found(first, at));
    } else if (adopted.equals(map)) {
      council.decided().ifPresent(next -> decide(next, at));
    }
  }

  private void heard(Peer from, MapMessage message, Moment at) {
    if (message instanceof Decided(var offered)) {
      learn(offered, at);
    } else if (message instanceof Advanced(var delta)) {
      advance(from, delta, at);
    } else if (map.isPresent()) {
      heard(from, message, map.get(), at);
    } else {
      genesis.heard(from, message, at);
    }
  }

  private void heard(Peer from, MapMessage message, ClusterMap known, Moment at) {
    switch (message) {
      case Pull(long epoch) when epoch >= known.epoch() -> {
        // Nothing newer here.
      }
      case Pull(long epoch) -> at.send(from, handover(epoch, known));
      case Inquire _, Propose _ -> at.send(from, new Decided(known));
      case OfSynod word -> debate(from, word, known, at);
      case Report report -> council.reported(from, report, at);
      case Noted noted -> reporter.noted(from.id(), noted, at);
      case Order order -> council.ordered(from, order, at);
      case MayStop question -> council.mayStop(from, question, at);
      case Survey question -> council.surveyed(from, question, at);
      case Answered answered -> orders.answered(answered, at);
      case Surveyed surveyed -> orders.surveyed(surveyed, at);
      case OfGenesis _, Decided _, Advanced _ -> {
        // Late words about a first map that is known.
      }
    }
  }

  /// Only who goes by the map before it has a say about a map. Whoever asks about one that is known
  /// is handed this node's; whoever knows more is asked for its own.
  private void debate(Peer from, OfSynod word, ClusterMap known, Moment at) {
    if (word.epoch() == known.epoch() + 1) {
      council.heard(from, word, at);
    } else if (word.epoch() > known.epoch()) {
      heardOfEpoch(from, word.epoch() - 1, at);
    } else if (word instanceof Prepare || word instanceof Accept) {
      at.send(from, handover(word.epoch() - 1, known));
    }
  }

  /// What brings a node that goes by the map of some epoch to this node's.
  private static MapMessage handover(long epoch, ClusterMap known) {
    return MapDelta.between(epoch, known)
        .<MapMessage>map(Advanced::new)
        .orElseGet(() -> new Decided(known));
  }

  /// A delta from another map than the one here brings nothing: the right one is asked for.
  private void advance(Peer from, MapDelta delta, Moment at) {
    Optional<ClusterMap> next =
        adopted.flatMap(delta::applied).or(() -> map.flatMap(delta::applied));
    if (next.isPresent()) {
      learn(next.get(), at);
    } else {
      heardOfEpoch(from, delta.epoch(), at);
    }
  }

  private void fired(MapAlarm alarm, long lateNanos, Moment at) {
    switch (alarm) {
      case InquiryDue _ when adopted.isPresent() -> {
        // Nothing to ask any more.
      }
      case InquiryDue due -> {
        at.wake(due, Genesis.PERIOD);
        genesis.periodPassed(at);
      }
      case PullDue _ -> {
        pulling = false;
        ahead.ifPresent(peer -> pull(peer, at));
      }
      case RoundDue due -> {
        at.wake(due, ROUND);
        council.round(lateNanos > ROUND.toNanos(), at);
        reporter.round(at);
        orders.round(steward(), at);
      }
      case AttemptDue _ -> council.attemptDue(at);
    }
  }

  private void told(News news, Moment at) {
    switch (news) {
      case News.Started _ when map.isPresent() -> goBy(map.get(), true, at);
      case News.Started _ -> at.wake(new InquiryDue(), Genesis.PERIOD);
      case News.SeedsResolved(var seeds) when adopted.isEmpty() -> genesis.resolved(seeds, at);
      case News.Commanded(Command.OfSteward command) -> orders.give(command, steward(), at);
      case News.Commanded(Command.ForceCouncil command) -> force(command, at);
      case News.SeedsResolved _,
          News.MapAdopted _,
          News.Leaving _,
          News.Restarting _,
          News.Commanded(Command.ListKeys _) -> {
        // Nothing changes about the map in force.
      }
    }
  }

  private void heardOfEpoch(Peer peer, long epoch, Moment at) {
    if (epoch > epoch()) {
      ahead = Optional.of(peer);
      if (!pulling) {
        pull(peer, at);
      }
    }
  }

  private void pull(Peer peer, Moment at) {
    at.send(peer, new Pull(epoch()));
    at.wake(new PullDue(), PULL_PERIOD);
    ahead = Optional.empty();
    pulling = true;
  }

  /// Whatever the members given up decided without this node knowing is void from here on, so the
  /// epoch leaps over it.
  private void force(Command.ForceCouncil command, Moment at) {
    var refusal =
        map.map(known -> recovery(known, at).refusal(command.givenUp()))
            .orElse(Optional.of("there is no map to go on from"));
    var answer = new Event.OrderAnswered(command.number(), refusal);
    if (refusal.isPresent()) {
      at.announce(answer);
      return;
    }
    var before = map.orElseThrow();
    var forced = before.forced(before.epoch() + FORCED_LEAP, recovery(before, at).survivors());
    at.announce(new Event.CouncilForced(forced.epoch(), forced.council()));
    adopt(forced, at);
    journal.then(at, later -> later.announce(answer));
  }

  private Recovery recovery(ClusterMap known, Moment at) {
    return new Recovery(known, surroundings.sightings(at.now()), me.id());
  }

  private void found(ClusterMap first, Moment at) {
    adopt(first, at);
    journal.then(at, later -> tellSeeds(first, later));
  }

  private void tellSeeds(ClusterMap first, Moment at) {
    genesis.seeds().others().forEach(seed -> at.send(Peer.at(seed), new Decided(first)));
  }

  private void decide(ClusterMap next, Moment at) {
    ClusterMap before = map.orElseThrow();
    var council = new LinkedHashSet<>(before.council());
    council.addAll(next.council());
    council.remove(me.id());
    MapMessage news = handover(before.epoch(), next);
    adopt(next, at);
    journal.then(at, later -> council.forEach(node -> post.send(node, news, later)));
  }

  private void learn(ClusterMap offered, Moment at) {
    if (adopted.isPresent() && adopted.get().clusterId() != offered.clusterId()) {
      at.announce(new Event.PacketRejected("foreign-map"));
    } else if (!offered.isSound()) {
      at.announce(new Event.PacketRejected("unsound-map"));
    } else if (adopted.isEmpty() || offered.epoch() > adopted.get().epoch()) {
      adopt(offered, at);
    }
  }

  private void adopt(ClusterMap next, Moment at) {
    adopted = Optional.of(next);
    journal.write(new Adopted(next), at);
    journal.then(at, later -> comeIntoForce(next, later));
  }

  private void comeIntoForce(ClusterMap next, Moment at) {
    boolean first = map.isEmpty();
    if (first) {
      at.cancel(new InquiryDue());
    }
    map = Optional.of(next);
    ahead = Optional.empty();
    goBy(next, first, at);
  }

  /// @param begins whether rounds begin with it
  private void goBy(ClusterMap next, boolean begins, Moment at) {
    at.announce(new Event.MapAdopted(next.epoch()));
    if (begins) {
      at.wake(new RoundDue(), FIRST_ROUND);
    }
    council.inForce(next, at);
    reporter.inForce(next, at);
  }
}
