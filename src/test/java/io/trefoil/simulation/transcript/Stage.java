package io.trefoil.simulation.transcript;

import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Value;
import io.trefoil.core.node.Node;
import io.trefoil.core.ring.Partitions;
import io.trefoil.simulation.invariant.Invariants;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Host.Status;
import io.trefoil.simulation.world.LinkQuality;
import io.trefoil.simulation.world.World;
import io.trefoil.simulation.world.WorldSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Carries out a transcript's commands on a small cluster: every packet takes a millisecond, disks
/// take no time, there are four partitions.
final class Stage {

  private static final Duration STEP = Duration.ofMillis(10);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final World world;
  private final Names names;
  private final Words words;
  private final Recorder recorder;

  Stage(int nodes) {
    WorldSettings quiet = WorldSettings.of(1, nodes);
    this.world =
        new World(
            new WorldSettings(
                quiet.seed(),
                nodes,
                1,
                link(1),
                Duration.ZERO,
                new Partitions(4),
                quiet.replication(),
                quiet.tokens(),
                quiet.membership(),
                quiet.policy(),
                quiet.copies()),
            Node::new);
    this.names = new Names(world);
    this.words = new Words(names);
    this.recorder = new Recorder(names, words);
    world.observe(recorder);
    Invariants.watch(world);
  }

  /// What there was to see, and what the author wrote in between.
  Recorder recorder() {
    return recorder;
  }

  /// Carries out one command.
  void perform(String command) {
    String[] word = command.split(" +");
    String[] rest = Arrays.copyOfRange(word, 1, word.length);
    switch (word[0]) {
      case "start" -> Arrays.stream(rest).forEach(name -> world.start(host(name)));
      case "settle" -> settle();
      case "show" -> show(rest);
      case "run" -> world.run(millis(rest[0]));
      case "quiet" -> quiet(() -> world.run(millis(rest[0])));
      case "crash" -> world.apply(new Fault.Crash(host(rest[0]).number()));
      case "pause" -> world.apply(new Fault.Pause(host(rest[0]).number()));
      case "resume" -> world.apply(new Fault.Resume(host(rest[0]).number()));
      case "cut" -> world.apply(new Fault.OneWay(number(rest[0]), number(rest[1])));
      case "link" ->
          world.apply(
              new Fault.Link(number(rest[0]), number(rest[1]), link(Integer.parseInt(rest[2]))));
      case "reconnect" -> world.apply(new Fault.Reconnect());
      default -> ask(word[0], rest);
    }
    if (!world.violations().isEmpty()) {
      throw new AssertionError(command + ": " + world.violations());
    }
  }

  private void show(String[] protocols) {
    recorder.show(List.of(protocols));
    recorder.silence(false);
    names.zero();
  }

  private void quiet(Runnable work) {
    recorder.silence(true);
    work.run();
    recorder.silence(false);
  }

  /// Until every process that runs is ready and sees the whole cluster stable in one map.
  private void settle() {
    quiet(() -> await(() -> up().stream().allMatch(this::isSettled)));
  }

  private boolean isSettled(Host host) {
    Node node = node(host);
    long epoch = node.maps().epoch();
    return node.isReady()
        && epoch == node(up().getLast()).maps().epoch()
        && node.map().orElseThrow().members().size() == up().size()
        && node.maps().summary().isStableIn(epoch);
  }

  private void await(BooleanSupplier holds) {
    long end = world.nanos() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      if (world.nanos() > end) {
        throw new AssertionError("it does not settle");
      }
      world.run(STEP);
    }
  }

  private void ask(String verb, String[] rest) {
    Host host = host(rest[0]);
    var key = new Key(rest[1]);
    Operation operation =
        switch (verb) {
          case "get" -> new Operation.Get(key, Consistency.LINEARIZABLE);
          case "put" -> new Operation.Put(key, value(rest[2]), new Condition.Always());
          case "create" -> new Operation.Put(key, value(rest[2]), new Condition.Absent());
          case "update" -> new Operation.Put(key, value(rest[2]), new Condition.Present());
          case "delete" -> new Operation.Delete(key, new Condition.Present());
          default -> throw new AssertionError("there is no command " + verb);
        };
    recorder.note(world.nanos(), "client → " + host.name() + "  " + verb + " " + key);
    world.ask(
        host,
        Request.of(operation),
        outcome ->
            recorder.note(
                world.nanos(),
                host.name()
                    + " → client  "
                    + outcome.map(words.registers()::outcome).orElse("the connection broke")));
  }

  private static Value value(String text) {
    return Value.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<Host> up() {
    return world.hosts().stream().filter(host -> host.status() == Status.UP).toList();
  }

  private Node node(Host host) {
    return (Node) host.machine().orElseThrow();
  }

  private Host host(String name) {
    return world.hosts().stream().filter(h -> h.name().equals(name)).findFirst().orElseThrow();
  }

  private int number(String name) {
    return host(name).number();
  }

  private static Duration millis(String text) {
    return Duration.ofMillis(Long.parseLong(text));
  }

  private static LinkQuality link(int millis) {
    return LinkQuality.GOOD.taking(Duration.ofMillis(millis), Duration.ofMillis(millis));
  }
}
