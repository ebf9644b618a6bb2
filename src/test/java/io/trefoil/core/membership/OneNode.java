package io.trefoil.core.membership;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.News;
import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// One machine, node 1, fed by hand: every call returns the effects of that input.
final class OneNode {

  static final NodeId SELF = new NodeId(1);

  final Swim swim;
  long nanos = 1_000_000_000L;

  OneNode() {
    this(MembershipSettings.DEFAULT);
  }

  OneNode(MembershipSettings settings) {
    swim = new Swim(SELF, 1, profile(1), settings, new SplittableRandom(1));
    told(new News.Started());
  }

  /// A node that holds nodes 2 to n alive, and has nothing left to spread.
  static OneNode among(int n) {
    return among(n, MembershipSettings.DEFAULT);
  }

  static OneNode among(int n, MembershipSettings settings) {
    OneNode node = new OneNode(settings);
    for (int other = 2; other <= n; other++) {
      node.learn(alive(other, 0));
    }
    node.exhaustGossip();
    return node;
  }

  List<Effect<MembershipMessage, MembershipAlarm, Void>> hear(int from, MembershipMessage m) {
    return on(new Input.Heard<>(peer(from), m));
  }

  List<Effect<MembershipMessage, MembershipAlarm, Void>> learn(Claim... claims) {
    return hear(2, new MembershipMessage.Gossip(List.of(claims)));
  }

  /// Learns that a member is suspect, and then that it is dead.
  Claim learnDeath(int number, long incarnation, int accuser) {
    learn(accused(number, incarnation, MemberState.SUSPECT, accuser));
    Claim dead = accused(number, incarnation, MemberState.DEAD, accuser);
    learn(dead);
    return dead;
  }

  List<Effect<MembershipMessage, MembershipAlarm, Void>> fire(MembershipAlarm alarm) {
    return on(new Input.Fired<>(alarm, 0));
  }

  List<Effect<MembershipMessage, MembershipAlarm, Void>> fireLate(
      MembershipAlarm alarm, Duration late) {
    return on(new Input.Fired<>(alarm, late.toNanos()));
  }

  List<Effect<MembershipMessage, MembershipAlarm, Void>> told(News news) {
    return on(new Input.Told<>(news));
  }

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  void exhaustGossip() {
    for (int round = 0; round < 200; round++) {
      fire(new MembershipAlarm.GossipDue());
    }
  }

  /// Begins the next period and returns the ping it sends.
  MembershipMessage.Ping probe() {
    pass(MembershipSettings.DEFAULT.period());
    return sent(fire(new MembershipAlarm.PeriodBegan()), MembershipMessage.Ping.class).getFirst();
  }

  /// Lets a probe run to its verdict without an answer.
  MembershipMessage.Ping failProbe() {
    MembershipMessage.Ping ping = probe();
    silence(ping);
    return ping;
  }

  /// Lets a probe under way run to its end without an answer.
  ///
  /// @return what its last step did
  List<Effect<MembershipMessage, MembershipAlarm, Void>> silence(MembershipMessage.Ping ping) {
    MembershipAlarm overdue = new MembershipAlarm.ProbeOverdue(ping.number());
    var effects = fire(overdue);
    while (effects.stream()
        .anyMatch(e -> e instanceof Effect.Wake<?, ?, ?>(var a, var _) && a.equals(overdue))) {
      effects = fire(overdue);
    }
    return effects;
  }

  /// Lets a probe under way run without an answer until it asks relays.
  ///
  /// @return what that step did
  List<Effect<MembershipMessage, MembershipAlarm, Void>> untilRelays(MembershipMessage.Ping ping) {
    var effects = fire(new MembershipAlarm.ProbeOverdue(ping.number()));
    while (sent(effects, MembershipMessage.Relay.class).isEmpty()) {
      effects = fire(new MembershipAlarm.ProbeOverdue(ping.number()));
    }
    return effects;
  }

  MemberState stateOf(int number) {
    return swim.claimOf(new NodeId(number)).orElseThrow().state();
  }

  /// The messages of one kind among effects.
  static <T extends MembershipMessage> List<T> sent(
      List<Effect<MembershipMessage, MembershipAlarm, Void>> effects, Class<T> kind) {
    List<T> found = new ArrayList<>();
    for (Effect<MembershipMessage, MembershipAlarm, Void> effect : effects) {
      if (effect instanceof Effect.Send<MembershipMessage, MembershipAlarm, Void>(Peer _, var m)
          && kind.isInstance(m)) {
        found.add(kind.cast(m));
      }
    }
    return found;
  }

  /// To whom messages of one kind go.
  static List<NodeId> receivers(
      List<Effect<MembershipMessage, MembershipAlarm, Void>> effects,
      Class<? extends MembershipMessage> kind) {
    List<NodeId> found = new ArrayList<>();
    for (Effect<MembershipMessage, MembershipAlarm, Void> effect : effects) {
      if (effect instanceof Effect.Send<MembershipMessage, MembershipAlarm, Void>(Peer to, var m)
          && kind.isInstance(m)) {
        found.add(to.id());
      }
    }
    return found;
  }

  static List<Event> announced(List<Effect<MembershipMessage, MembershipAlarm, Void>> effects) {
    List<Event> events = new ArrayList<>();
    for (Effect<MembershipMessage, MembershipAlarm, Void> effect : effects) {
      if (effect instanceof Effect.Announce<MembershipMessage, MembershipAlarm, Void>(Event e)) {
        events.add(e);
      }
    }
    return events;
  }

  /// How long after the input an alarm is set; the last setting counts.
  static Duration wakeOf(
      List<Effect<MembershipMessage, MembershipAlarm, Void>> effects, MembershipAlarm alarm) {
    Duration found = null;
    for (Effect<MembershipMessage, MembershipAlarm, Void> effect : effects) {
      if (effect instanceof Effect.Wake<MembershipMessage, MembershipAlarm, Void>(var a, var after)
          && a.equals(alarm)) {
        found = after;
      }
    }
    if (found == null) {
      throw new AssertionError(alarm + " is not set in " + effects);
    }
    return found;
  }

  static Claim alive(int number, long incarnation) {
    return claim(number, 1, incarnation, MemberState.ALIVE);
  }

  static Claim claim(int number, long run, long incarnation, MemberState state) {
    return Claim.own(new NodeId(number), run, incarnation, state, profile(number));
  }

  static Claim accused(int number, long incarnation, MemberState state, int accuser) {
    return alive(number, incarnation).accusedBy(new NodeId(accuser), state);
  }

  static Profile profile(int number) {
    return new Profile("node-" + number, addressOf(number), "zone-a", 1, "", 1);
  }

  static Address addressOf(int number) {
    return new Address("10.0.0." + number, 7400);
  }

  static Peer peer(int number) {
    return new Peer(new NodeId(number), addressOf(number));
  }

  private List<Effect<MembershipMessage, MembershipAlarm, Void>> on(
      Input<MembershipMessage, MembershipAlarm> input) {
    List<Effect<MembershipMessage, MembershipAlarm, Void>> effects = new ArrayList<>();
    swim.on(input, new Now(nanos, nanos / 1_000_000), effects::add);
    return effects;
  }
}
