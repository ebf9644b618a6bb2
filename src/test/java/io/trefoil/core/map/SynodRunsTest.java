package io.trefoil.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Now;
import io.trefoil.core.map.MapMessage.OfSynod;
import io.trefoil.core.map.MapWrite.CouncilVote;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Rule;
import io.trefoil.core.ring.Partitions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The council alone, with nothing but quarrel: every member wants another map all the time,
/// packets are lost, doubled and late, members crash between a vote and its durability. One map is
/// decided, and without any of its rules two are.
final class SynodRunsTest {

  private static final int STEPS = 1_000;
  private static final int RUNS = 1_000;

  private static final List<MapMember> MEMBERS =
      IntStream.rangeClosed(1, 5).mapToObj(number -> member(number, 1)).toList();

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void oneMapIsDecided(int seats) {
    int decided = 0;
    for (long seed = 0; seed < RUNS; seed++) {
      var run = new Run(seed, seats, Rule.ALL);
      run.quarrel();
      run.settle();
      assertTrue(run.decided.size() <= 1, "seed " + seed);
      decided += run.decided.size();
    }
    assertEquals(RUNS, decided, "once the quarrel is over a map is decided");
  }

  @ParameterizedTest
  @EnumSource(
      value = Rule.class,
      names = {
        "PERSIST_COUNCIL_VOTES",
        "KEEP_COUNCIL_PROMISES",
        "PROPOSE_WHAT_WAS_ACCEPTED",
        "PROMISE_TO_ONESELF"
      })
  void withoutARuleTwoMapsAreDecided(Rule rule) {
    Run run;
    long seed = 0;
    do {
      run = new Run(seed++, 3, EnumSet.complementOf(EnumSet.of(rule)));
      run.quarrel();
    } while (run.decided.size() < 2 && seed < 5_000);
    assertTrue(run.decided.size() > 1, "no seed below " + seed + " breaks without " + rule);
  }

  private static MapMember member(int number, int weight) {
    return MapMember.active(
        new NodeId(number), "n" + number, "", weight, new Address("10.0.0." + number, 7400));
  }

  private record Packet(Peer from, Peer to, OfSynod message) {}

  /// One run: a council, its network, its disks.
  private static final class Run {
    final Set<ClusterMap> decided = new LinkedHashSet<>();
    private final SplittableRandom random;
    private final Set<Rule> rules;
    private final ClusterMap map;
    private final List<Seat> seats = new ArrayList<>();
    private final List<Packet> packets = new ArrayList<>();
    private long nanos;
    private int wishes;

    Run(long seed, int size, Set<Rule> rules) {
      random = new SplittableRandom(seed);
      this.rules = rules;
      map = new Founding(5, new Partitions(1), 3, 4).found(9, MEMBERS.subList(0, size));
      map.council().forEach(id -> seats.add(new Seat(id)));
      seats.forEach(Seat::start);
    }

    void quarrel() {
      for (int step = 0; step < STEPS; step++) {
        var seat = seats.get(random.nextInt(seats.size()));
        int dice = random.nextInt(1_000);
        nanos += random.nextLong(20_000_000);
        if (dice < 600) {
          carry(random.nextInt(100) < 20, random.nextInt(100) < 10);
        } else if (dice < 800) {
          seat.write();
        } else if (dice < 980) {
          seat.pursue(wish());
        } else {
          seat.start();
        }
      }
    }

    /// Only the first goes on wanting; all packets arrive.
    void settle() {
      for (int step = 0; step < 10_000 && decided.isEmpty(); step++) {
        nanos += 5_000_000;
        seats.forEach(Seat::write);
        carry(false, false);
        if (step % 100 == 0) {
          seats.getFirst().pursue(wish());
        }
      }
    }

    private void carry(boolean lost, boolean doubled) {
      if (packets.isEmpty()) {
        return;
      }
      var packet = packets.remove(random.nextInt(packets.size()));
      if (doubled) {
        packets.add(packet);
      }
      if (!lost) {
        seats.stream()
            .filter(seat -> seat.peer.equals(packet.to))
            .forEach(seat -> seat.hear(packet.from, packet.message));
      }
    }

    /// A map that nobody wanted before.
    private ClusterMap wish() {
      var members = new ArrayList<>(map.members());
      members.set(0, member((int) members.getFirst().id().bits(), 2 + wishes++ % 60));
      return map.next(members, map.council(), map.replicaSets());
    }

    /// One council member: its disk outlives it.
    private final class Seat {
      private final Peer peer;
      private final ArrayDeque<Effect.Persist<MapMessage, MapAlarm, MapWrite>> unwritten =
          new ArrayDeque<>();
      private CouncilVote disk = CouncilVote.none(map.epoch() + 1);
      private Journal journal;
      private Post post;
      private Synod synod;

      Seat(NodeId id) {
        peer = new Peer(id, new Address("10.0.0." + id.bits(), 7400));
      }

      /// Starts, or crashes and starts again: what is not durable is lost.
      void start() {
        unwritten.clear();
        journal = new Journal();
        post = new Post(peer.id(), Neighbourhood.of(MEMBERS.toArray(MapMember[]::new)));
        var grants = new Grants(MapPolicy.DEFAULT, Rule.ALL);
        grants.inForce(map, nanos);
        synod = new Synod(peer.id(), disk, grants, journal, post, rules, random.split());
        synod.begin(map);
      }

      void pursue(ClusterMap wanted) {
        synod.pursue(Optional.of(wanted), moment());
        synod.attemptDue(moment());
        talk();
      }

      void hear(Peer from, OfSynod message) {
        synod.heard(from, message, moment());
        talk();
      }

      void write() {
        var next = unwritten.poll();
        if (next != null) {
          disk = (CouncilVote) next.write();
          journal.persisted(next.ticket(), moment());
          talk();
        }
      }

      private void talk() {
        for (var own = post.take(); own.isPresent(); own = post.take()) {
          synod.heard(peer, (OfSynod) own.get(), moment());
        }
        synod.decided().ifPresent(decided::add);
      }

      private Moment moment() {
        return new Moment(new Now(nanos, 0), this::carryOut);
      }

      private void carryOut(Effect<MapMessage, MapAlarm, MapWrite> effect) {
        switch (effect) {
          case Effect.Send(Peer to, MapMessage message) ->
              packets.add(new Packet(peer, to, (OfSynod) message));
          case Effect.Persist<MapMessage, MapAlarm, MapWrite> persist -> unwritten.add(persist);
          case Effect.Wake<?, ?, ?> _, Effect.Cancel<?, ?, ?> _, Effect.Announce<?, ?, ?> _ -> {
            // The run asks again of its own accord.
          }
          case Effect.Fetch<?, ?, ?> _, Effect.Scan<?, ?, ?> _, Effect.Reply<?, ?, ?> _ ->
              throw new AssertionError("not for a council: " + effect);
        }
      }
    }
  }
}
