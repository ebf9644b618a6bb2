package io.trefoil.core.register;

import io.trefoil.core.clock.HybridClock;
import io.trefoil.core.machine.Check;
import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.Machine;
import io.trefoil.core.machine.News;
import io.trefoil.core.machine.Now;
import io.trefoil.core.machine.Sink;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Rule;
import io.trefoil.core.model.Stored;
import io.trefoil.core.register.RegisterMessage.Answer;
import io.trefoil.core.register.RegisterMessage.Ask;
import io.trefoil.core.register.RegisterMessage.Delegate;
import io.trefoil.core.register.RegisterMessage.Settle;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.random.RandomGenerator;

/// The register protocol of one node: a coordinator for the operations that come in here, and a
/// replica of the registers this node votes for. They talk to each other by messages like
/// strangers.
public final class Registers implements Machine<RegisterMessage, RegisterAlarm, RegisterWrite> {

  /// How often it is looked which keys have been pending for long.
  private static final Duration REPAIR_EVERY = Duration.ofSeconds(1);

  private final Coordinator coordinator;
  private final Replica replica;
  private final Registry registry;
  private final Custody custody;
  private final Caretaker caretaker;
  private final Sweep sweep;
  private final Pending pending = new Pending();
  private final Census census = new Census();
  private final Recents recents;
  private final Copies copies;

  /// @param self this node
  /// @param directory who votes for what, and who is there
  /// @param clock this node's clock
  /// @param random for pauses
  /// @param settings what an operator or the simulator decides
  public Registers(
      NodeId self,
      Directory directory,
      HybridClock clock,
      RandomGenerator random,
      RegisterSettings settings) {
    Set<Rule> rules = settings.rules();
    this.recents = new Recents(settings.forgetful());
    this.copies = new Copies(self, directory, rules, settings.copies());
    this.registry = new Registry(copies, census, rules);
    this.replica =
        new Replica(
            self,
            directory,
            clock,
            rules,
            copies,
            registry,
            pending,
            recents,
            new Collection(settings.collectAfter()));
    this.coordinator =
        new Coordinator(self, directory, clock, random, rules, settings.maxOpenOperations());
    this.custody = new Custody(self, directory, copies, registry, pending, recents, coordinator);
    this.caretaker = new Caretaker(self, directory, coordinator, pending);
    this.sweep = new Sweep(self, directory, clock, coordinator);
  }

  /// The coordinator, to look at.
  public Coordinator coordinator() {
    return coordinator;
  }

  /// How many keys are not yet known to be on all their voters.
  public int pendingKeys() {
    return pending.size();
  }

  /// How many keys have a value here, about.
  public long keys() {
    return census.keys();
  }

  /// How many bytes these take, about.
  public long bytes() {
    return census.bytes();
  }

  /// A part of a copy was read.
  public void read(int partition, List<Stored> registers, Now now) {
    sweep.read(partition, registers, now);
  }

  /// A copy was read through, and so many keys found, of so many bytes.
  public void counted(int partition, long keys, long bytes) {
    census.count(partition, keys, bytes);
  }

  /// The partitions of which this node accepted something a while ago that is still not known to be
  /// on all its voters.
  public BitSet overdue(Now now) {
    return pending.overdue(now);
  }

  /// A partition's copy here was found equal on all voters.
  ///
  /// @param untilNanos what was accepted here after that, on the monotonic clock, is not meant
  public void foundEqual(int partition, long untilNanos) {
    pending.settle(partition, untilNanos);
  }

  /// The partitions whose copy here is damaged.
  public SortedSet<Integer> damaged() {
    return copies.damaged();
  }

  /// Gives no vote for a partition any more: something of its copy cannot be read.
  ///
  /// @return whether that is news
  public boolean abstain(int partition) {
    return copies.damage(partition);
  }

  /// Whether there is a copy of a partition here, empty or not.
  public boolean holds(int partition) {
    return custody.holds(partition);
  }

  /// At or below this ballot nothing is promised or accepted in a partition.
  public Ballot floor(int partition) {
    return copies.floor(partition);
  }

  /// Forgets the copy of a partition that this node does not vote for.
  public void drop(int partition, Sink<RegisterMessage, RegisterAlarm, RegisterWrite> out) {
    custody.drop(partition, out::emit);
  }

  /// A partition is being copied from others, from before they are asked until all that they
  /// answered is durable; or no longer. No tombstone of it is forgotten meanwhile.
  public void copying(int partition, boolean isCopying) {
    replica.copying(partition, isCopying);
  }

  /// Takes in what another voter of a partition has accepted.
  ///
  /// @param entries registers with a record
  /// @param floor the other's
  /// @param ticket told by [#takeInstalled] when all of it is durable
  public void install(
      int partition,
      List<Stored> entries,
      Ballot floor,
      long ticket,
      Now now,
      Sink<RegisterMessage, RegisterAlarm, RegisterWrite> out) {
    custody.install(partition, entries, floor, ticket, now, out::emit);
  }

  /// The ticket of the next page that is durable, if there is one.
  public Optional<Long> takeInstalled() {
    return custody.takeInstalled();
  }

  @Override
  public void on(
      Input<RegisterMessage, RegisterAlarm> input,
      Now now,
      Sink<RegisterMessage, RegisterAlarm, RegisterWrite> out) {
    RegisterSink sink = out::emit;
    switch (input) {
      case Input.Heard(Peer from, RegisterMessage message) -> heard(from, message, now, sink);
      case Input.Fired(RegisterAlarm alarm, _) -> fired(alarm, now, sink);
      case Input.Persisted(long ticket) -> registry.persisted(ticket, now, sink);
      case Input.Fetched(long ticket, var register) ->
          registry.fetched(ticket, register, now, sink);
      case Input.Scanned<?, ?> _ -> Check.that(false, "registers are fetched one by one");
      case Input.Unreadable(long ticket) -> registry.unreadable(ticket, now, sink);
      case Input.Asked(long number, var request) -> coordinator.asked(number, request, now, sink);
      case Input.Told(News news) -> told(news, now, sink);
    }
  }

  private void heard(Peer from, RegisterMessage message, Now now, RegisterSink out) {
    switch (message) {
      case Ask ask -> replica.asked(from, ask, now, out);
      case Settle settle -> replica.settled(settle, now, out);
      case Answer answer -> coordinator.heard(from, answer, now, out);
      case Delegate delegate -> coordinator.delegated(from, delegate, now, out);
    }
  }

  private void fired(RegisterAlarm alarm, Now now, RegisterSink out) {
    switch (alarm) {
      case RegisterAlarm.RepeatDue _, RegisterAlarm.SettleDue _ ->
          coordinator.fired(alarm, now, out);
      case RegisterAlarm.CollectionDue _ -> replica.collectionDue(now, out);
      case RegisterAlarm.MergeDue _ -> custody.mergeDue(now, out);
      case RegisterAlarm.RepairDue due -> {
        out.emit(new Effect.Wake<>(due, REPAIR_EVERY));
        caretaker.repairDue(now, out);
        sweep.due(now, out);
      }
    }
  }

  private void told(News news, Now now, RegisterSink out) {
    switch (news) {
      case News.Started() -> {
        recents.begin(now);
        custody.adopt(now, out);
        out.emit(new Effect.Wake<>(new RegisterAlarm.RepairDue(), REPAIR_EVERY));
      }
      case News.MapAdopted _ -> {
        custody.adopt(now, out);
        coordinator.mapAdopted(now, out);
      }
      case News.SeedsResolved _, News.Commanded _, News.Leaving _, News.Restarting _ -> {
        // Nothing changes about the registers.
      }
    }
  }
}
