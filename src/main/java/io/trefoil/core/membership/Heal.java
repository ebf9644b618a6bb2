package io.trefoil.core.membership;

import io.trefoil.core.membership.MembershipAlarm.HealDue;
import io.trefoil.core.model.Address;
import java.util.List;
import java.util.OptionalLong;

/// Never gives up on anybody: who is dead may have come back, and where a seed should be there may
/// be the other half of the cluster. Every few seconds one of those lost is contacted, with
/// probability lost/N, so that a lost member costs the whole cluster about one packet each time,
/// however many its members are.
final class Heal {

  private static final int SEEDS_AT_ONCE = 3;

  private final Station station;
  private final Seeds seeds;
  private final Introductions introductions;
  private long sweptNanos;

  Heal(Station station, Seeds seeds, Introductions introductions) {
    this.station = station;
    this.seeds = seeds;
    this.introductions = introductions;
  }

  /// Begins; the first sweep comes a whole retention later.
  void started(Turn turn) {
    sweptNanos = turn.nanos();
  }

  /// Tries to reach somebody lost, perhaps, and forgets who is gone for long.
  void due(Turn turn) {
    turn.wake(new HealDue(), station.settings.healEvery());
    if (turn.nanos() - sweptNanos >= station.settings.retention().toNanos()) {
      sweptNanos = turn.nanos();
      station.table.sweep();
      introductions.sweep();
    }
    List<Address> unknown = seeds.unknown();
    int lost = station.table.dead() + unknown.size();
    if (station.random.nextDouble() * station.size() < lost) {
      reach(station.random.nextInt(lost), unknown, turn);
    }
  }

  /// While this node knows nobody, it asks a few seeds every period.
  void joinIfAlone(Turn turn) {
    if (station.table.live() > 0) {
      return;
    }
    List<Address> unknown = seeds.unknown();
    int first = unknown.isEmpty() ? 0 : station.random.nextInt(unknown.size());
    for (int i = 0; i < Math.min(SEEDS_AT_ONCE, unknown.size()); i++) {
      seeds.join(unknown.get((first + i) % unknown.size()), turn);
    }
  }

  private void reach(int which, List<Address> unknown, Turn turn) {
    if (which < unknown.size()) {
      Address seed = unknown.get(which);
      if (!seeds.isMember(seed)) {
        seeds.join(seed, turn);
      }
      return;
    }
    Claim dead = station.table.anyDead(station.random);
    if (dead != null) {
      introductions.contact(Station.peer(dead), OptionalLong.empty(), turn);
    }
  }
}
