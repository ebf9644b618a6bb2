package io.trefoil.core.node;

import io.trefoil.core.clock.HybridClock;
import io.trefoil.core.machine.Check;
import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.Machine;
import io.trefoil.core.machine.News;
import io.trefoil.core.machine.Now;
import io.trefoil.core.machine.Sink;
import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapAlarm;
import io.trefoil.core.map.MapKeeper;
import io.trefoil.core.map.MapMessage;
import io.trefoil.core.map.MapWrite;
import io.trefoil.core.map.Progress;
import io.trefoil.core.membership.MembershipAlarm;
import io.trefoil.core.membership.MembershipMessage;
import io.trefoil.core.membership.Swim;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Rule;
import io.trefoil.core.register.RegisterAlarm;
import io.trefoil.core.register.RegisterMessage;
import io.trefoil.core.register.RegisterSettings;
import io.trefoil.core.register.RegisterWrite;
import io.trefoil.core.register.Registers;
import io.trefoil.core.ring.Token;
import io.trefoil.core.stabilization.StabilizationAlarm;
import io.trefoil.core.stabilization.StabilizationMessage;
import io.trefoil.core.stabilization.StabilizationSettings;
import io.trefoil.core.stabilization.Stabilizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Set;

/// One node of the store: membership, map and registers, composed. Routes messages, alarms and disk
/// tickets to the machine they belong to, puts the node's header on what they send, and tells one
/// machine what another has found out.
///
/// Hosted by an event loop in production and by a world in simulation, without a difference.
public final class Node implements Machine<Envelope, Alarm, Write> {

  /// The version of the protocol that this code speaks.
  public static final int WIRE_VERSION = 1;

  private final NodeSettings settings;
  private final Recovered recovered;
  private final long cluster;
  private final Peer self;
  private final HybridClock clock;
  private final Swim membership;
  private final MapKeeper maps;
  private final Cluster directory;
  private final Registers registers;
  private final NodeCopies copies;
  private final Stabilizer stabilizer;
  private final ArrayDeque<Envelope> toSelf = new ArrayDeque<>();
  private Now last = new Now(0, 0);
  private boolean hasBeenReady;
  private long announcedSkew;

  /// A node as it starts.
  ///
  /// @param settings what its operator decided
  /// @param recovered what its data directory held
  /// @param seed of all its randomness
  public Node(NodeSettings settings, Recovered recovered, long seed) {
    this(settings, recovered, Rule.ALL, seed);
  }

  /// A node with rules of the register protocol switched off: for the simulator, to see it break.
  public Node(NodeSettings settings, Recovered recovered, Set<Rule> rules, long seed) {
    this.settings = settings;
    this.recovered = recovered;
    this.cluster = clusterHash(settings.cluster());
    Streams chance = new Streams(seed, recovered.id(), recovered.run());
    this.self = new Peer(recovered.id(), settings.address());
    this.clock = new HybridClock(recovered.id(), recovered.run());
    this.membership =
        new Swim(
            self.id(),
            recovered.run(),
            settings.profile(),
            settings.membership(),
            chance.of("swim"));
    this.maps =
        new MapKeeper(
            settings.member(self.id()),
            settings.founding(),
            settings.policy(),
            recovered.votes(),
            recovered.map(),
            new Vicinity(self, membership, this::map, this::progress),
            rules,
            chance.of("map"));
    this.directory = new Cluster(self, maps, membership);
    RegisterSettings registerSettings =
        new RegisterSettings(
            settings.maxOpenOperations(),
            recovered.run() > 1,
            RegisterSettings.DEFAULT_COLLECT_AFTER,
            recovered.copies(),
            rules);
    this.registers =
        new Registers(self.id(), directory, clock, chance.of("register"), registerSettings);
    recovered.damaged().forEach(registers::abstain);
    this.copies = new NodeCopies(registers);
    var copying = StabilizationSettings.of(recovered.run(), settings.copies(), rules);
    this.stabilizer = new Stabilizer(self.id(), directory, copies, copying);
  }

  /// What stands for a cluster's name in every packet.
  public static long clusterHash(String name) {
    return Token.hash(name.getBytes(StandardCharsets.UTF_8));
  }

  /// This node's identity.
  public NodeId id() {
    return self.id();
  }

  /// The map in force here.
  public Optional<ClusterMap> map() {
    return maps.map();
  }

  /// The map machine, to look at.
  public MapKeeper maps() {
    return maps;
  }

  /// Membership, to look at.
  public Swim membership() {
    return membership;
  }

  /// The registers, to look at.
  public Registers registers() {
    return registers;
  }

  /// Stabilization, to look at and to be told which copies nobody needs.
  public Stabilizer stabilizer() {
    return stabilizer;
  }

  /// The clock, to look at.
  public HybridClock clock() {
    return clock;
  }

  /// Whether clients should be sent here: the map lists this node, the council's lease lets it
  /// vote, and what it came to vote for later than others is copied. Once that was so, only its own
  /// trouble counts, being cut off or without a lease, never that others are away.
  public boolean isReady() {
    hasBeenReady =
        hasBeenReady || mayVote() && directory.isListed() && stabilizer.partitionsToCopy() == 0;
    return hasBeenReady && mayVote() && !membership.isIsolated();
  }

  /// Whether the council's lease lets this node vote, as of the last input.
  public boolean mayVote() {
    return maps.mayVote(last);
  }

  /// How far this node's copies are.
  public Progress progress() {
    return stabilizer.progress(maps.epoch());
  }

  @Override
  public void on(Input<Envelope, Alarm> input, Now now, Sink<Envelope, Alarm, Write> out) {
    Turn turn = new Turn(now, out);
    copies.within(now, turn::ofRegister);
    last = now;
    take(input, turn);
    stabilizer.drop(maps.takeDroppable());
    settle(turn);
  }

  /// Hands over what the machines have for each other, until there is nothing left.
  private void settle(Turn turn) {
    do {
      for (Envelope own = toSelf.poll(); own != null; own = toSelf.poll()) {
        route(self, own.message(), turn);
      }
      for (var page = registers.takeInstalled();
          page.isPresent();
          page = registers.takeInstalled()) {
        turn.stabilization(new Input.Persisted<>(page.get()));
      }
    } while (!toSelf.isEmpty());
  }

  private void take(Input<Envelope, Alarm> input, Turn turn) {
    switch (input) {
      case Input.Heard(Peer from, Envelope envelope) -> heard(from, envelope, turn);
      case Input.Fired(Alarm alarm, long late) -> fired(alarm, late, turn);
      case Input.Persisted(long ticket) -> persisted(ticket, turn);
      case Input.Fetched(long ticket, var register) ->
          turn.registers(new Input.Fetched<>(Tickets.inner(ticket), register));
      case Input.Scanned(long ticket, var stored, boolean last) ->
          turn.stabilization(new Input.Scanned<>(Tickets.inner(ticket), stored, last));
      case Input.Unreadable(long ticket) -> unreadable(ticket, turn);
      case Input.Asked(long number, var request) ->
          turn.registers(new Input.Asked<>(number, request));
      case Input.Told(News news) -> told(news, turn);
    }
  }

  private void heard(Peer from, Envelope envelope, Turn turn) {
    boolean meantForOther = !envelope.to().equals(NodeId.NONE) && !envelope.to().equals(self.id());
    if (envelope.cluster() != cluster) {
      turn.reject("foreign-cluster");
    } else if (meantForOther && !(envelope.message() instanceof Message.OfMembership)) {
      turn.reject("wrong-target");
    } else {
      if (!from.id().equals(self.id())) {
        observe(from, envelope, turn);
      }
      route(from, envelope.message(), turn);
    }
  }

  private void observe(Peer from, Envelope envelope, Turn turn) {
    clock.observe(from.id(), envelope.at(), turn.now);
    if (clock.skewMillis() != announcedSkew) {
      announcedSkew = clock.skewMillis();
      turn.out.emit(new Effect.Announce<>(new Event.ClockSkewed(announcedSkew)));
    }
    maps.heardOfEpoch(from, envelope.epoch(), turn.now, turn::ofMap);
  }

  private void route(Peer from, Message message, Turn turn) {
    switch (message) {
      case Message.OfMembership(var inner) -> turn.membership(new Input.Heard<>(from, inner));
      case Message.OfMap(var inner) -> turn.maps(new Input.Heard<>(from, inner));
      case Message.OfRegister(var inner) -> turn.registers(new Input.Heard<>(from, inner));
      case Message.OfStabilization(var inner) -> turn.stabilization(new Input.Heard<>(from, inner));
    }
  }

  private void fired(Alarm alarm, long late, Turn turn) {
    switch (alarm) {
      case Alarm.OfMembership(var inner) -> turn.membership(new Input.Fired<>(inner, late));
      case Alarm.OfMap(var inner) -> turn.maps(new Input.Fired<>(inner, late));
      case Alarm.OfRegister(var inner) -> turn.registers(new Input.Fired<>(inner, late));
      case Alarm.OfStabilization(var inner) -> turn.stabilization(new Input.Fired<>(inner, late));
    }
  }

  private void persisted(long ticket, Turn turn) {
    long inner = Tickets.inner(ticket);
    switch (Tickets.of(ticket)) {
      case MAP -> turn.maps(new Input.Persisted<>(inner));
      case REGISTER -> turn.registers(new Input.Persisted<>(inner));
      case STABILIZATION -> Check.that(false, "stabilization writes through the registers");
    }
  }

  private void unreadable(long ticket, Turn turn) {
    long inner = Tickets.inner(ticket);
    switch (Tickets.of(ticket)) {
      case MAP -> Check.that(false, "the map is not read");
      case REGISTER -> turn.registers(new Input.Unreadable<>(inner));
      case STABILIZATION -> turn.stabilization(new Input.Unreadable<>(inner));
    }
  }

  private void told(News news, Turn turn) {
    turn.membership(new Input.Told<>(news));
    turn.maps(new Input.Told<>(news));
    turn.registers(new Input.Told<>(news));
    turn.stabilization(new Input.Told<>(news));
  }

  /// One input being handled: the machines' effects become the node's.
  private final class Turn {

    private final Now now;
    private final Sink<Envelope, Alarm, Write> out;

    Turn(Now now, Sink<Envelope, Alarm, Write> out) {
      this.now = now;
      this.out = out;
    }

    void membership(Input<MembershipMessage, MembershipAlarm> input) {
      membership.on(input, now, this::ofMembership);
    }

    void maps(Input<MapMessage, MapAlarm> input) {
      maps.on(input, now, this::ofMap);
    }

    void registers(Input<RegisterMessage, RegisterAlarm> input) {
      registers.on(input, now, this::ofRegister);
    }

    void stabilization(Input<StabilizationMessage, StabilizationAlarm> input) {
      stabilizer.on(input, now, this::ofStabilization);
    }

    void reject(String reason) {
      out.emit(new Effect.Announce<>(new Event.PacketRejected(reason)));
    }

    void ofMembership(Effect<MembershipMessage, MembershipAlarm, Void> effect) {
      switch (effect) {
        case Effect.Send(Peer to, var message) -> send(to, new Message.OfMembership(message));
        case Effect.Wake(var alarm, var after) ->
            out.emit(new Effect.Wake<>(new Alarm.OfMembership(alarm), after));
        case Effect.Cancel(var alarm) ->
            out.emit(new Effect.Cancel<>(new Alarm.OfMembership(alarm)));
        case Effect.Announce(Event event) -> out.emit(new Effect.Announce<>(event));
        case Effect.Persist<?, ?, ?> _,
            Effect.Fetch<?, ?, ?> _,
            Effect.Scan<?, ?, ?> _,
            Effect.Reply<?, ?, ?> _ ->
            Check.that(false, "membership has no disk and no clients");
      }
    }

    void ofMap(Effect<MapMessage, MapAlarm, MapWrite> effect) {
      switch (effect) {
        case Effect.Send(Peer to, var message) -> send(to, new Message.OfMap(message));
        case Effect.Wake(var alarm, var after) ->
            out.emit(new Effect.Wake<>(new Alarm.OfMap(alarm), after));
        case Effect.Cancel(var alarm) -> out.emit(new Effect.Cancel<>(new Alarm.OfMap(alarm)));
        case Effect.Persist(long ticket, var write) ->
            out.emit(new Effect.Persist<>(Tickets.MAP.outer(ticket), new Write.OfMap(write)));
        case Effect.Announce(Event event) -> announcedByMap(event);
        case Effect.Fetch<?, ?, ?> _, Effect.Scan<?, ?, ?> _, Effect.Reply<?, ?, ?> _ ->
            Check.that(false, "the map machine fetches no registers and serves no clients");
      }
    }

    void ofRegister(Effect<RegisterMessage, RegisterAlarm, RegisterWrite> effect) {
      switch (effect) {
        case Effect.Send(Peer to, var message) -> send(to, new Message.OfRegister(message));
        case Effect.Wake(var alarm, var after) ->
            out.emit(new Effect.Wake<>(new Alarm.OfRegister(alarm), after));
        case Effect.Cancel(var alarm) -> out.emit(new Effect.Cancel<>(new Alarm.OfRegister(alarm)));
        case Effect.Persist(long ticket, var write) ->
            out.emit(
                new Effect.Persist<>(Tickets.REGISTER.outer(ticket), new Write.OfRegister(write)));
        case Effect.Fetch(long ticket, int partition, var key) ->
            out.emit(new Effect.Fetch<>(Tickets.REGISTER.outer(ticket), partition, key));
        case Effect.Scan<?, ?, ?> _ -> Check.that(false, "the registers are fetched one by one");
        case Effect.Reply(long number, var outcome) ->
            out.emit(new Effect.Reply<>(number, outcome));
        case Effect.Announce(Event event) -> out.emit(new Effect.Announce<>(event));
      }
    }

    void ofStabilization(Effect<StabilizationMessage, StabilizationAlarm, Void> effect) {
      switch (effect) {
        case Effect.Send(Peer to, var message) -> send(to, new Message.OfStabilization(message));
        case Effect.Wake(var alarm, var after) ->
            out.emit(new Effect.Wake<>(new Alarm.OfStabilization(alarm), after));
        case Effect.Cancel(var alarm) ->
            out.emit(new Effect.Cancel<>(new Alarm.OfStabilization(alarm)));
        case Effect.Scan(long ticket, int partition, var after, int maxBytes) ->
            out.emit(
                new Effect.Scan<>(Tickets.STABILIZATION.outer(ticket), partition, after, maxBytes));
        case Effect.Announce(Event event) -> out.emit(new Effect.Announce<>(event));
        case Effect.Persist<?, ?, ?> _, Effect.Fetch<?, ?, ?> _, Effect.Reply<?, ?, ?> _ ->
            Check.that(false, "stabilization writes through the registers and serves no clients");
      }
    }

    private void announcedByMap(Event event) {
      if (event instanceof Event.MapAdopted(long epoch)) {
        membership.describe(epoch, 0);
        News news = new News.MapAdopted(epoch);
        membership(new Input.Told<>(news));
        registers(new Input.Told<>(news));
        stabilization(new Input.Told<>(news));
      }
      out.emit(new Effect.Announce<>(event));
    }

    private void send(Peer to, Message message) {
      HybridTimestamp at = clock.read(now);
      Envelope envelope =
          new Envelope(cluster, self.id(), recovered.run(), to.id(), maps.epoch(), at, message);
      if (to.id().equals(self.id())) {
        toSelf.add(envelope);
      } else {
        out.emit(new Effect.Send<>(to, envelope));
      }
    }
  }
}
