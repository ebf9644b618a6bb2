package io.trefoil.core.membership;

import io.trefoil.core.membership.MembershipAlarm.PeriodBegan;
import io.trefoil.core.membership.MembershipAlarm.ProbeOverdue;
import io.trefoil.core.membership.Probe.Purpose;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds out who answers: one member each period, and out of turn those whom others suspect.
final class Prober {

  private static final int SKIPS = 4;

  private final Station station;
  private final View view;
  private final Map<Long, Probe> probes = new LinkedHashMap<>();

  /// The same probes by whom they are of: after a split there are as many as members.
  private final Map<NodeId, List<Probe>> bySubject = new LinkedHashMap<>();

  Prober(Station station, View view) {
    this.station = station;
    this.view = view;
  }

  /// Probes the next member and sets the alarm for the period after.
  void periodBegan(Turn turn) {
    turn.wake(new PeriodBegan(), station.health.scale(station.settings.period()));
    for (int skipped = 0; skipped < SKIPS; skipped++) {
      Claim target = station.rota.target(turn.now().wallMillis(), skipped);
      if (target == null) {
        return;
      }
      if (!view.isAway(target, turn)) {
        begin(target, Purpose.VERDICT, turn);
        return;
      }
    }
  }

  /// Probes a member that others suspect, with such a probability that a few of all members do: so
  /// a suspicion is confirmed or refuted within a period, however large the cluster, and nobody is
  /// flooded.
  void giveOpinion(Claim suspect, Turn turn) {
    int others = Math.max(1, station.table.live() - 1);
    boolean probed = bySubject.containsKey(suspect.subject());
    if (!probed && station.random.nextInt(others) < station.settings.opinions()) {
      begin(suspect, Purpose.VERDICT, turn);
    }
  }

  /// Asks a member that is said to be dead, and is not suspect here, what it says to that. If it
  /// says nothing it is suspect.
  void ask(Claim death, Turn turn) {
    boolean asked =
        probesOf(death.subject()).stream().anyMatch(p -> p.target.compareEvidence(death) >= 0);
    if (!asked) {
      begin(death, Purpose.VERDICT, turn);
    }
  }

  /// Rings a suspect once more, because it will be held dead soon: by rumour alone its denial comes
  /// too late to some where many packets are lost.
  void lastCall(NodeId suspect, Turn turn) {
    Claim held = station.table.get(suspect);
    boolean called = probesOf(suspect).stream().anyMatch(p -> p.purpose == Purpose.LAST_CALL);
    if (!called && held != null && held.state() == MemberState.SUSPECT) {
      begin(held, Purpose.LAST_CALL, turn);
    }
  }

  /// A probe's next step is due.
  void overdue(long number, Turn turn) {
    Probe probe = probes.get(number);
    if (probe != null) {
      step(probe, turn);
    }
  }

  /// A probe's target answered, itself or through a relay.
  ///
  /// @return false if there is no such probe under way
  boolean acknowledged(long number, NodeId responder, Turn turn) {
    Probe probe = probes.get(number);
    if (probe == null || !probe.subject().equals(responder)) {
      return false;
    }
    end(probe, turn);
    station.health.improve();
    view.connectivity().reached();
    return true;
  }

  /// A relay did not reach the target. When none of them did, there is nothing to wait for.
  void nacked(long number, Turn turn) {
    Probe probe = probes.get(number);
    if (probe == null) {
      return;
    }
    view.connectivity().answered();
    if (++probe.nacks == probe.relaysAsked) {
      fail(probe, turn);
    }
  }

  /// Somebody else answered a probe's ping.
  ///
  /// @return the member that was meant; null if there is no such probe under way
  Peer misdirected(long number, NodeId meant, Turn turn) {
    Probe probe = probes.get(number);
    if (probe == null || !probe.subject().equals(meant)) {
      return null;
    }
    end(probe, turn);
    return Station.peer(probe.target);
  }

  /// Forgets the probes under way: their time passed while this node stood still.
  void abandon(Turn turn) {
    List.copyOf(probes.values()).forEach(probe -> end(probe, turn));
  }

  private List<Probe> probesOf(NodeId subject) {
    return bySubject.getOrDefault(subject, List.of());
  }

  private void begin(Claim target, Purpose purpose, Turn turn) {
    long number = station.nextNumber();
    int slowdown = 1 + station.health.score();
    Probe probe = new Probe(number, purpose, target, station.settings, slowdown, turn.nanos());
    probes.put(number, probe);
    bySubject.computeIfAbsent(probe.subject(), _ -> new ArrayList<>(1)).add(probe);
    step(probe, turn);
  }

  private void step(Probe probe, Turn turn) {
    switch (probe.next()) {
      case PING -> turn.send(Station.peer(probe.target), station.ping(probe.number, probe.target));
      case REPEAT ->
          turn.send(Station.peer(probe.target), station.bare(probe.number, probe.target));
      case RELAYS -> {
        switch (probe.purpose) {
          case VERDICT -> askRelays(probe, turn);
          case LAST_CALL -> {
            end(probe, turn);
            return;
          }
        }
      }
      case VERDICT -> {
        fail(probe, turn);
        return;
      }
    }
    turn.wakeAt(new ProbeOverdue(probe.number), probe.dueNanos());
  }

  private void askRelays(Probe probe, Turn turn) {
    Duration left = Duration.ofNanos(Math.max(0, probe.verdictNanos() - turn.nanos()));
    Duration patience = left.truncatedTo(ChronoUnit.MILLIS);
    List<Claim> relays =
        station.table.sample(
            station.settings.relays(),
            c -> c.state() == MemberState.ALIVE && !c.subject().equals(probe.subject()),
            station.random);
    for (Claim relay : relays) {
      List<Claim> news = station.newsFor(relay.subject());
      turn.send(
          Station.peer(relay),
          new MembershipMessage.Relay(probe.number, Station.peer(probe.target), patience, news));
    }
    probe.relaysAsked = relays.size();
  }

  /// Relays that kept silent are this node's fault before they are the target's (Lifeguard).
  private void fail(Probe probe, Turn turn) {
    end(probe, turn);
    station.health.worsen(
        probe.relaysAsked == 0 ? 1 : Math.max(0, probe.relaysAsked - probe.nacks));
    if (probe.nacks == 0) {
      view.connectivity().unanswered();
    }
    view.missed(probe.target, turn);
  }

  private void end(Probe probe, Turn turn) {
    probes.remove(probe.number);
    bySubject.computeIfPresent(
        probe.subject(),
        (_, under) -> {
          under.remove(probe);
          return under.isEmpty() ? null : under;
        });
    turn.cancel(new ProbeOverdue(probe.number));
  }
}
