package io.trefoil.simulation;

import io.trefoil.core.clock.HybridClock;
import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.Machine;
import io.trefoil.core.machine.Now;
import io.trefoil.core.machine.Sink;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Message;
import io.trefoil.core.node.Recovered;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.Directory;
import io.trefoil.core.register.RegisterAlarm;
import io.trefoil.core.register.RegisterMessage;
import io.trefoil.core.register.RegisterSettings;
import io.trefoil.core.register.RegisterWrite;
import io.trefoil.core.register.Registers;
import io.trefoil.core.register.Rule;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.World;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// The registers alone, without membership and map: every node knows all others, the voters are
/// given, and whoever is held reachable is drawn by lot, because membership may be wrong at any
/// time. Histories come ten times as fast so.
final class RegisterNode implements Machine<Envelope, Alarm, Write> {

  private static final int PARTITIONS = 16;
  private static final int MAX_OPEN = 1_000;

  private final Recovered recovered;
  private final HybridClock clock;
  private final Registers registers;

  RegisterNode(World world, Recovered recovered, long seed, Set<Rule> rules) {
    this.recovered = recovered;
    this.clock = new HybridClock(recovered.id(), recovered.run());
    var random = new SplittableRandom(seed);
    var settings = new RegisterSettings(MAX_OPEN, recovered.run() > 1, rules);
    var directory = new Voters(world, random.split());
    this.registers = new Registers(recovered.id(), directory, clock, random, settings);
  }

  @Override
  public void on(Input<Envelope, Alarm> input, Now now, Sink<Envelope, Alarm, Write> out) {
    Sink<RegisterMessage, RegisterAlarm, RegisterWrite> wrapped =
        effect -> out.emit(wrap(effect, now));
    switch (input) {
      case Input.Heard<Envelope, Alarm>(Peer from, Envelope envelope) -> {
        clock.observe(envelope.from(), envelope.at(), now);
        if (envelope.message() instanceof Message.OfRegister(RegisterMessage message)) {
          registers.on(new Input.Heard<>(from, message), now, wrapped);
        }
      }
      case Input.Fired<Envelope, Alarm>(Alarm.OfRegister(RegisterAlarm alarm), long late) ->
          registers.on(new Input.Fired<>(alarm, late), now, wrapped);
      case Input.Fired<Envelope, Alarm> other -> throw new AssertionError(other);
      case Input.Persisted<Envelope, Alarm>(long ticket) ->
          registers.on(new Input.Persisted<>(ticket), now, wrapped);
      case Input.Fetched<Envelope, Alarm>(long ticket, var register) ->
          registers.on(new Input.Fetched<>(ticket, register), now, wrapped);
      case Input.Asked<Envelope, Alarm>(long number, var request) ->
          registers.on(new Input.Asked<>(number, request), now, wrapped);
      case Input.Told<Envelope, Alarm>(var news) ->
          registers.on(new Input.Told<>(news), now, wrapped);
    }
  }

  private Effect<Envelope, Alarm, Write> wrap(
      Effect<RegisterMessage, RegisterAlarm, RegisterWrite> effect, Now now) {
    return switch (effect) {
      case Effect.Send<RegisterMessage, RegisterAlarm, RegisterWrite>(Peer to, var message) ->
          new Effect.Send<>(to, envelope(to, message, now));
      case Effect.Wake<RegisterMessage, RegisterAlarm, RegisterWrite>(var alarm, var after) ->
          new Effect.Wake<>(new Alarm.OfRegister(alarm), after);
      case Effect.Cancel<RegisterMessage, RegisterAlarm, RegisterWrite>(var alarm) ->
          new Effect.Cancel<>(new Alarm.OfRegister(alarm));
      case Effect.Persist<RegisterMessage, RegisterAlarm, RegisterWrite>(long ticket, var write) ->
          new Effect.Persist<>(ticket, new Write.OfRegister(write));
      case Effect.Fetch<RegisterMessage, RegisterAlarm, RegisterWrite>(
              long ticket,
              int partition,
              Key key) ->
          new Effect.Fetch<>(ticket, partition, key);
      case Effect.Reply<RegisterMessage, RegisterAlarm, RegisterWrite>(long number, var outcome) ->
          new Effect.Reply<>(number, outcome);
      case Effect.Announce<RegisterMessage, RegisterAlarm, RegisterWrite>(var event) ->
          new Effect.Announce<>(event);
    };
  }

  private Envelope envelope(Peer to, RegisterMessage message, Now now) {
    return new Envelope(
        0,
        recovered.id(),
        recovered.run(),
        to.id(),
        1,
        clock.read(now),
        new Message.OfRegister(message));
  }

  /// Three successive hosts vote for each partition.
  private static final class Voters implements Directory {

    private final World world;
    private final RandomGenerator random;

    Voters(World world, RandomGenerator random) {
      this.world = world;
      this.random = random;
    }

    @Override
    public int partitionOf(Key key) {
      return Math.floorMod(key.text().hashCode(), PARTITIONS);
    }

    @Override
    public Optional<ReplicaSet> replicaSet(int partition) {
      int hosts = world.hosts().size();
      return Optional.of(
          ReplicaSet.stable(
              1,
              List.of(
                  world.host(partition % hosts).id(),
                  world.host((partition + 1) % hosts).id(),
                  world.host((partition + 2) % hosts).id())));
    }

    @Override
    public Peer peer(NodeId node) {
      Host host = world.hosts().stream().filter(h -> h.id().equals(node)).findFirst().orElseThrow();
      return new Peer(node, host.address());
    }

    @Override
    public boolean isReachable(NodeId node) {
      return random.nextInt(20) > 0;
    }
  }
}
