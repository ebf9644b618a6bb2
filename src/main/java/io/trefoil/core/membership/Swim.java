package io.trefoil.core.membership;

import io.trefoil.core.machine.Check;
import io.trefoil.core.machine.Command;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.Machine;
import io.trefoil.core.machine.News;
import io.trefoil.core.machine.Now;
import io.trefoil.core.machine.Sink;
import io.trefoil.core.membership.MembershipAlarm.ComparisonDue;
import io.trefoil.core.membership.MembershipAlarm.GossipDue;
import io.trefoil.core.membership.MembershipAlarm.HealDue;
import io.trefoil.core.membership.MembershipAlarm.LastCallDue;
import io.trefoil.core.membership.MembershipAlarm.PeriodBegan;
import io.trefoil.core.membership.MembershipAlarm.ProbeOverdue;
import io.trefoil.core.membership.MembershipAlarm.RelayOverdue;
import io.trefoil.core.membership.MembershipAlarm.SuspicionExpired;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// Who is reachable now: SWIM (Das, Gupta, Motivala, 2002) with Lifeguard (Dadgar, Phillips,
/// Currey, 2018), as docs/protocols/membership.md lays down. Eventually consistent, possibly stale,
/// possibly wrong: it steers whom to ask first and never counts towards a quorum.
///
/// This class hands each input to the part that it concerns, and then settles what concerns all:
/// second opinions, isolation, the next round of gossip.
public final class Swim implements Machine<MembershipMessage, MembershipAlarm, Void> {

  private final Station station;
  private final View view;
  private final Comparison comparison;
  private final Introductions introductions;
  private final Prober prober;
  private final Relays relays;
  private final Seeds seeds;
  private final Heal heal;
  private final Gossiper gossiper;
  private final Pauses pauses;

  /// A node that knows nobody.
  ///
  /// @param self its identity
  /// @param run its boot counter, higher than in any earlier run
  /// @param profile what it says of itself
  /// @param random its own stream of random numbers
  public Swim(
      NodeId self, long run, Profile profile, MembershipSettings settings, RandomGenerator random) {
    station = new Station(new Self(self, run, profile), settings, random);
    view = new View(station);
    comparison = new Comparison(station, view);
    introductions = new Introductions(station, view, comparison);
    prober = new Prober(station, view);
    relays = new Relays(station);
    seeds = new Seeds(station);
    heal = new Heal(station, seeds, introductions);
    gossiper = new Gossiper(station);
    pauses = new Pauses(settings.period().toNanos() / 2);
  }

  @Override
  public void on(
      Input<MembershipMessage, MembershipAlarm> input,
      Now now,
      Sink<MembershipMessage, MembershipAlarm, Void> out) {
    Turn turn = new Turn(now, out);
    switch (input) {
      case Input.Heard(Peer from, MembershipMessage message) -> heard(from, message, turn);
      case Input.Fired(MembershipAlarm alarm, long lateNanos) -> {
        resume(lateNanos, turn);
        fired(alarm, turn);
      }
      case Input.Told(News news) -> told(news, turn);
      case Input.Persisted<?, ?> _,
          Input.Fetched<?, ?> _,
          Input.Scanned<?, ?> _,
          Input.Unreadable<?, ?> _,
          Input.Asked<?, ?> _ ->
          Check.that(false, "membership writes nothing and serves no client");
    }
    view.takeDoubted().forEach(suspect -> prober.giveOpinion(suspect, turn));
    view.takeHearsay().forEach(death -> prober.ask(death, turn));
    view.judgeIsolation(turn);
    gossiper.arm(turn);
  }

  /// Everything held, this node and gone members included, in order of node id.
  public List<Claim> members() {
    return station.table.all().stream().sorted(Comparator.comparing(Claim::subject)).toList();
  }

  /// What is held about a node, if anything.
  public Optional<Claim> claimOf(NodeId node) {
    return Optional.ofNullable(station.table.get(node));
  }

  /// Where a node was said to be last, also when it is gone.
  public Optional<Address> addressOf(NodeId node) {
    return claimOf(node).map(claim -> claim.profile().address());
  }

  /// Whether it makes sense to ask a node: it is held alive. Suspects are avoided, too.
  public boolean isReachable(NodeId node) {
    Claim held = station.table.get(node);
    return held != null && held.state() == MemberState.ALIVE;
  }

  /// How long ago a node was first held to be what it is held to be now: suspect, dead, restarting
  /// or left. 0 for one held alive or unknown.
  public long unreachableNanos(NodeId node, Now now) {
    return view.unreachableNanos(node, now.nanos());
  }

  /// Whether this node holds itself, not the others, to be cut off.
  public boolean isIsolated() {
    return view.isIsolated();
  }

  /// How far this node trusts itself: 0 is well.
  public int localHealth() {
    return station.health.score();
  }

  /// What this node says of itself.
  public Claim self() {
    return station.self.claim();
  }

  /// Changes what this node says of itself. Its incarnation stays: that is for refuting. Others
  /// learn it from the next packet that this node sends them.
  ///
  /// @param epoch its map epoch
  /// @param load as in [Profile]
  public void describe(long epoch, int load) {
    station.self.describe(epoch, load);
    station.table.put(station.self.claim());
  }

  private void told(News news, Turn turn) {
    switch (news) {
      case News.Started() -> start(turn);
      case News.SeedsResolved(List<Address> addresses) -> {
        seeds.resolved(addresses);
        heal.joinIfAlone(turn);
      }
      case News.MapAdopted(long epoch) -> {
        describe(epoch, self().profile().load());
        gossiper.epochChanged();
      }
      case News.Commanded(Command.ForceCouncil(_, List<NodeId> givenUp)) ->
          givenUp.forEach(member -> view.giveUp(member, turn));
      case News.Commanded _ -> {
        // Operators command the map.
      }
      case News.Leaving() -> depart(MemberState.LEFT, Duration.ZERO, turn);
      case News.Restarting(Duration back) -> depart(MemberState.RESTARTING, back, turn);
    }
  }

  /// Sets the standing alarms, each at a random phase, so that nodes started together do not act
  /// together.
  private void start(Turn turn) {
    Claim self = self();
    turn.announce(
        new Event.MemberChanged(
            self.subject(), self.profile().name(), Optional.empty(), self.state()));
    station.rumours.add(self);
    heal.started(turn);
    turn.wake(new PeriodBegan(), phase(station.settings.period()));
    turn.wake(new ComparisonDue(), phase(station.settings.compareEvery()));
    turn.wake(new HealDue(), phase(station.settings.healEvery()));
  }

  private Duration phase(Duration cycle) {
    return Duration.ofNanos(station.random.nextLong(cycle.toNanos()));
  }

  private void depart(MemberState state, Duration absence, Turn turn) {
    station.self.depart(state, absence);
    station.table.put(self());
    station.rumours.add(self());
    prober.abandon(turn);
    gossiper.round(turn);
  }

  /// After a pause, what was under way is void, suspects get their time back, and this node trusts
  /// itself less.
  private void resume(long lateNanos, Turn turn) {
    long paused = pauses.newlyPausedNanos(turn.nanos(), lateNanos);
    if (paused > 0) {
      view.paused(paused, turn);
      prober.abandon(turn);
      relays.abandon(turn);
      station.health.worsen(1);
    }
  }

  /// A node on its way out only spreads what it has to tell.
  private void fired(MembershipAlarm alarm, Turn turn) {
    if (alarm instanceof GossipDue) {
      gossiper.due(turn);
      return;
    }
    if (!station.self.isStaying()) {
      return;
    }
    switch (alarm) {
      case PeriodBegan() -> {
        introductions.expire(turn);
        heal.joinIfAlone(turn);
        prober.periodBegan(turn);
      }
      case ProbeOverdue(long number) -> prober.overdue(number, turn);
      case RelayOverdue(long number) -> relays.overdue(number, turn);
      case LastCallDue(NodeId subject) -> prober.lastCall(subject, turn);
      case SuspicionExpired(NodeId subject) -> view.suspicionExpired(subject, turn);
      case ComparisonDue() -> comparison.due(turn);
      case HealDue() -> heal.due(turn);
      case GossipDue() -> gossiper.due(turn);
    }
  }

  private void heard(Peer from, MembershipMessage message, Turn turn) {
    if (station.self.is(from.id())) {
      if (message instanceof MembershipMessage.Join(long number, Claim _)) {
        seeds.answered(number, from.id());
      }
      return;
    }
    dispatch(from, message, turn);
    boolean refuted = view.takeRefuted();
    if (refuted && !(message instanceof MembershipMessage.Ping)) {
      introductions.contact(from, OptionalLong.empty(), turn);
    }
  }

  private void dispatch(Peer from, MembershipMessage message, Turn turn) {
    switch (message) {
      case MembershipMessage.Ping ping -> pinged(from, ping, turn);
      case MembershipMessage.Ack ack -> acknowledged(from, ack, turn);
      case MembershipMessage.Relay relay -> {
        view.learnAll(relay.claims(), Source.RUMOUR, turn);
        relays.asked(from, relay, turn);
      }
      case MembershipMessage.Nack(long number) -> prober.nacked(number, turn);
      case MembershipMessage.WrongTarget wrong -> misdirected(from, wrong, turn);
      case MembershipMessage.Gossip(List<Claim> claims) ->
          view.learnAll(claims, Source.RUMOUR, turn);
      case MembershipMessage.Join(long number, Claim sender) ->
          introductions.join(sender, number, turn);
      case MembershipMessage.Welcome welcome -> welcomed(from, welcome, turn);
      case MembershipMessage.Compare(Digest digest) -> comparison.compare(from, digest, turn);
      case MembershipMessage.Differ differ -> comparison.differ(from, differ, turn);
      case MembershipMessage.Reconcile(List<Claim> claims) ->
          view.learnAll(claims, Source.TABLE, turn);
    }
  }

  private void pinged(Peer from, MembershipMessage.Ping ping, Turn turn) {
    if (!station.self.is(ping.target())) {
      turn.send(from, new MembershipMessage.WrongTarget(ping.number(), ping.target(), self()));
      return;
    }
    view.learnAll(ping.claims(), Source.RUMOUR, turn);
    introductions.heard(ping.sender(), from, true, turn);
    turn.send(from, new MembershipMessage.Ack(ping.number(), self(), station.newsFor(from.id())));
  }

  private void acknowledged(Peer from, MembershipMessage.Ack ack, Turn turn) {
    Claim responder = ack.responder();
    boolean direct = from.id().equals(responder.subject());
    view.learnAll(ack.claims(), Source.RUMOUR, turn);
    if (prober.acknowledged(ack.number(), responder.subject(), turn)) {
      introductions.reached(responder, direct ? from : Station.peer(responder), turn);
    } else if (relays.acknowledged(ack.number(), responder, turn)) {
      introductions.reached(responder, from, turn);
    } else if (!introductions.acknowledged(ack.number(), responder, from, turn) && direct) {
      introductions.heard(responder, from, false, turn);
    }
  }

  /// The address has another owner: whoever was meant is not there any more. Only an answer to an
  /// own ping counts, and only as long as the address is still the one held.
  private void misdirected(Peer from, MembershipMessage.WrongTarget wrong, Turn turn) {
    Peer meant = prober.misdirected(wrong.number(), wrong.meant(), turn);
    if (meant == null) {
      meant = relays.misdirected(wrong.number(), wrong.meant(), turn);
    }
    if (meant == null) {
      meant = introductions.misdirected(wrong.number(), wrong.meant());
    }
    if (meant == null) {
      introductions.heard(wrong.sender(), from, false, turn);
      return;
    }
    Claim held = station.table.get(meant.id());
    if (station.table.isLive(meant.id()) && Station.peer(held).equals(meant)) {
      view.condemn(held, turn);
    }
    introductions.reached(wrong.sender(), from, turn);
  }

  private void welcomed(Peer from, MembershipMessage.Welcome welcome, Turn turn) {
    Claim sender = welcome.sender();
    if (seeds.answered(welcome.number(), sender.subject())) {
      introductions.reached(sender, from, turn);
    } else {
      introductions.heard(sender, from, false, turn);
    }
    Source source = introductions.isEstablished() ? Source.TABLE : Source.WELCOME;
    introductions.welcomed();
    view.learnAll(welcome.claims(), source, turn);
  }
}
