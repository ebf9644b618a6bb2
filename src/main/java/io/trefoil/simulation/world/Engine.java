package io.trefoil.simulation.world;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.News;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Stretch;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Write;
import io.trefoil.simulation.world.Host.Release;
import io.trefoil.simulation.world.Host.Status;
import io.trefoil.simulation.world.Occurrence.Completion;
import io.trefoil.simulation.world.Occurrence.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/// Makes things happen: takes them off the queue one by one, hands processes their inputs and
/// carries out their effects.
final class Engine {

  private static final long RESOLVE_EVERY = Duration.ofSeconds(5).toNanos();
  private static final int MOST_VIOLATIONS = 100;

  final VirtualNetwork network;
  final RandomGenerator disks;
  final List<Observer> observers = new ArrayList<>();
  final List<Violation> violations = new ArrayList<>();
  ToIntFunction<Envelope> size = _ -> 0;
  long now;
  long events;
  private final WorldSettings settings;
  private final EventQueue queue = new EventQueue();
  private final NextRelease nextRelease = new NextRelease();
  private final Map<Address, Host> routes = new LinkedHashMap<>();
  private final List<Host> seeds = new ArrayList<>();
  private final long[] delays = new long[2];

  Engine(WorldSettings settings, Chance chance) {
    this.settings = settings;
    this.disks = chance.stream("disks");
    this.network = new VirtualNetwork(chance.stream("network"), settings.hosts(), settings.links());
  }

  void add(Host host) {
    routes.put(host.address(), host);
    if (seeds.size() < settings.seeds()) {
      seeds.add(host);
    }
  }

  /// Where the seeds are now.
  List<Address> seeds() {
    return seeds.stream().map(Host::address).toList();
  }

  /// Gives a host another address; nobody is at the old one until somebody gets it.
  void move(Host host, Address to) {
    routes.remove(host.address(), host);
    host.address = to;
    routes.put(to, host);
  }

  void at(long nanos, Runnable work) {
    queue.add(Math.max(now, nanos), new Occurrence.Errand(work));
  }

  void violated(String rule, String sentence) {
    if (violations.size() < MOST_VIOLATIONS) {
      violations.add(new Violation(rule, now, sentence));
    }
  }

  void runUntil(long nanos) {
    while (!queue.isEmpty() && queue.nextAt() <= nanos) {
      now = queue.nextAt();
      happen(queue.poll());
    }
    now = Math.max(now, nanos);
  }

  /// Gives a process an input now, or when it is no longer frozen.
  void offer(Host host, Input<Envelope, Alarm> input) {
    if (host.status == Status.PAUSED) {
      host.backlog.add(input);
    } else if (host.status == Status.UP) {
      deliver(host, input);
    }
  }

  /// Tells a process the seeds, now and again and again.
  void resolve(Host host, int boot) {
    if (host.boot == boot && host.status != Status.DOWN) {
      offer(host, new Input.Told<>(new News.SeedsResolved(seeds())));
      queue.add(now + RESOLVE_EVERY, new Occurrence.Resolution(host, boot));
    }
  }

  /// Kills a process.
  void crash(Host host) {
    if (host.status == Status.DOWN) {
      return;
    }
    host.die();
    host.disk.crash(disks);
    var clients = List.copyOf(host.clients.values());
    host.clients.clear();
    clients.forEach(client -> at(now, () -> client.accept(Optional.empty())));
    changed(host);
  }

  /// Thaws a process: what waited comes in first, then the alarms that it missed.
  void resume(Host host) {
    if (host.status != Status.PAUSED) {
      return;
    }
    host.status = Status.UP;
    host.interruptions++;
    changed(host);
    while (!host.backlog.isEmpty()) {
      deliver(host, host.backlog.poll());
    }
    host.packetsWaiting = 0;
    var missed = List.copyOf(host.missed);
    host.missed.clear();
    missed.forEach(this::fire);
  }

  void changed(Host host) {
    observers.forEach(observer -> observer.changed(host, now));
  }

  private void happen(Occurrence occurrence) {
    switch (occurrence) {
      case Occurrence.Arrival(Host to, Peer from, Envelope envelope) -> arrive(to, from, envelope);
      case Timer timer -> fire(timer);
      case Completion completion -> complete(completion);
      case Occurrence.Resolution(Host host, int boot) -> resolve(host, boot);
      case Occurrence.Errand(Runnable work) -> work.run();
    }
  }

  private void arrive(Host to, Peer from, Envelope envelope) {
    if (to.status == Status.DOWN
        || to.status == Status.PAUSED && ++to.packetsWaiting > Host.BACKLOG_PACKETS) {
      return;
    }
    offer(to, new Input.Heard<>(from, envelope));
  }

  private void fire(Timer timer) {
    Host host = timer.host;
    if (!timer.active) {
      return;
    }
    if (host.status == Status.PAUSED) {
      host.missed.add(timer);
      return;
    }
    timer.active = false;
    host.alarms.remove(timer.alarm, timer);
    deliver(host, new Input.Fired<>(timer.alarm, now - timer.due));
  }

  private void complete(Completion completion) {
    Host host = completion.host();
    if (host.boot == completion.boot() && host.status != Status.DOWN) {
      if (completion.written() && host.failing) {
        crash(host);
      } else {
        if (completion.written()) {
          host.disk.sync();
        }
        offer(host, completion.input());
      }
    }
  }

  private void deliver(Host host, Input<Envelope, Alarm> input) {
    events++;
    for (Observer observer : observers) {
      observer.delivered(host, input, now);
    }
    try {
      host.machine.on(input, host.now(now), host.sink);
    } catch (RuntimeException broken) {
      String where = broken.getStackTrace().length > 0 ? " at " + broken.getStackTrace()[0] : "";
      violated("machines keep their own rules", host + " on " + input + ": " + broken + where);
      crash(host);
    }
  }

  /// Takes an effect of a process: called by its sink while it takes an input.
  void perform(Host host, Effect<Envelope, Alarm, Write> effect) {
    for (Observer observer : observers) {
      observer.emitted(host, effect, now);
    }
    switch (effect) {
      case Effect.Send<Envelope, Alarm, Write>(Peer to, Envelope message) ->
          send(host, to, message);
      case Effect.Wake<Envelope, Alarm, Write>(Alarm alarm, Duration after) ->
          wake(host, alarm, after);
      case Effect.Cancel<Envelope, Alarm, Write>(Alarm alarm) -> cancel(host, alarm);
      case Effect.Persist<Envelope, Alarm, Write>(long ticket, Write write) ->
          persist(host, ticket, write);
      case Effect.Fetch<Envelope, Alarm, Write>(long ticket, int partition, var key) -> {
        Input<Envelope, Alarm> answer =
            host.disk.isUnreadable(partition)
                ? new Input.Unreadable<>(ticket)
                : new Input.Fetched<>(ticket, host.disk.latest(partition, key));
        complete(host, now + diskDelay(host), answer, false);
      }
      case Effect.Scan<Envelope, Alarm, Write> scan -> scan(host, scan);
      case Effect.Reply<Envelope, Alarm, Write>(long number, Outcome outcome) ->
          reply(host, number, outcome);
      case Effect.Announce<Envelope, Alarm, Write> _ -> {
        // Observers have seen it.
      }
    }
  }

  private void send(Host host, Peer to, Envelope message) {
    Host receiver = routes.get(to.address());
    if (receiver == null) {
      return;
    }
    int bytes = size.applyAsInt(message);
    int copies = network.carry(host.number(), receiver.number(), bytes, delays);
    var from = new Peer(message.from(), host.address());
    if (copies > 0) {
      Envelope heard = heard(host, receiver, message);
      for (int copy = 0; copy < copies; copy++) {
        queue.add(now + delays[copy], new Occurrence.Arrival(receiver, from, heard));
      }
    }
  }

  /// What arrives of what was said. Only a newer release says what an older one must pass over.
  private Envelope heard(Host host, Host receiver, Envelope message) {
    if (host.release == receiver.release || host.release == Release.THIS) {
      return message;
    }
    Optional<Envelope> heard = nextRelease.heard(message);
    if (heard.isEmpty()) {
      violated(
          "what the next release says is understood", receiver + " from " + host + ": " + message);
    }
    return heard.orElse(message);
  }

  private void wake(Host host, Alarm alarm, Duration after) {
    var timer = new Timer(host, alarm, now + Math.max(0, after.toNanos()));
    Timer moved = host.alarms.put(alarm, timer);
    if (moved != null) {
      moved.active = false;
    }
    queue.add(timer.due, timer);
  }

  private void cancel(Host host, Alarm alarm) {
    Timer timer = host.alarms.remove(alarm);
    if (timer != null) {
      timer.active = false;
    }
  }

  private void persist(Host host, long ticket, Write write) {
    host.disk.write(write);
    host.syncedAt = Math.max(host.syncedAt, now + diskDelay(host));
    complete(host, host.syncedAt, new Input.Persisted<>(ticket), true);
  }

  /// Reads when all writes made before are durable, which they become in order.
  private void scan(Host host, Effect.Scan<Envelope, Alarm, Write> scan) {
    int boot = host.boot;
    at(
        Math.max(host.syncedAt, now) + diskDelay(host),
        () -> {
          if (host.boot == boot && host.status != Status.DOWN) {
            offer(host, scanned(host, scan));
          }
        });
  }

  private static Input<Envelope, Alarm> scanned(
      Host host, Effect.Scan<Envelope, Alarm, Write> scan) {
    if (host.disk.isUnreadable(scan.partition())) {
      return new Input.Unreadable<>(scan.ticket());
    }
    Stretch stretch = host.disk.scan(scan.partition(), scan.after(), scan.maxBytes());
    return new Input.Scanned<>(scan.ticket(), stretch.registers(), stretch.last());
  }

  private void complete(Host host, long at, Input<Envelope, Alarm> input, boolean written) {
    queue.add(at, new Completion(host, host.boot, input, written));
  }

  private long diskDelay(Host host) {
    long longest = (long) (settings.sync().toNanos() * host.slowness);
    return longest == 0 ? 0 : disks.nextLong(longest / 8, longest + 1);
  }

  private void reply(Host host, long number, Outcome outcome) {
    Consumer<Optional<Outcome>> client = host.clients.remove(number);
    if (client == null) {
      violated(
          "every operation is answered once",
          host + " answered operation " + number + " that is not open there: " + outcome);
    } else {
      at(now, () -> client.accept(Optional.of(outcome)));
    }
  }
}
