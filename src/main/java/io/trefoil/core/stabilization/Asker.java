package io.trefoil.core.stabilization;

import io.trefoil.core.machine.Check;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Stored;
import io.trefoil.core.register.Directory;
import io.trefoil.core.stabilization.Session.Step.Comparing;
import io.trefoil.core.stabilization.Session.Step.Fetching;
import io.trefoil.core.stabilization.Session.Step.Installing;
import io.trefoil.core.stabilization.Session.Step.Reading;
import io.trefoil.core.stabilization.StabilizationAlarm.BudgetDue;
import io.trefoil.core.stabilization.StabilizationAlarm.RepeatDue;
import io.trefoil.core.stabilization.StabilizationMessage.Compare;
import io.trefoil.core.stabilization.StabilizationMessage.Compared;
import io.trefoil.core.stabilization.StabilizationMessage.Fetch;
import io.trefoil.core.stabilization.StabilizationMessage.Misfit;
import io.trefoil.core.stabilization.StabilizationMessage.Page;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/// The asker's side of a session: reads its own copy, compares it with the source's, and copies
/// what differs page by page, the next when the last is durable.
///
/// When the sums are equal, or all pages of the buckets that differ are durable, all that the
/// source had accepted before the session is here. For the source answers in the same epoch and
/// after the question, and what was read here before the question can only have grown since.
final class Asker {

  private static final long FIRST_REPEAT_MILLIS = 50;
  private static final int DOUBLINGS = 5;
  private static final int REPEATS_TO_UNREACHABLE = 3;

  /// How long a source may take for one answer: it may have much to read.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final StabilizationSettings settings;
  private final Directory directory;
  private final Installer installer;
  private final Sessions sessions;
  private final Reader reader;
  private final Budget budget;
  private final Courtesy courtesy;
  private final Queue<Session> thirsty = new ArrayDeque<>();
  private long copiedBytes;

  Asker(
      StabilizationSettings settings,
      Directory directory,
      Installer installer,
      Sessions sessions,
      Reader reader,
      Courtesy courtesy) {
    this.settings = settings;
    this.directory = directory;
    this.installer = installer;
    this.sessions = sessions;
    this.reader = reader;
    this.courtesy = courtesy;
    this.budget = new Budget(settings.policy().bytesPerSecond());
  }

  /// How much was copied from others since the start, in bytes of registers.
  long copiedBytes() {
    return copiedBytes;
  }

  /// Opens as many sessions as may be.
  void fill(Turn turn) {
    for (var next = sessions.openNext(turn); next.isPresent(); next = sessions.openNext(turn)) {
      read(next.get(), Optional.empty(), turn);
    }
  }

  /// A source says what it holds.
  void compared(Peer from, Compared compared, Turn turn) {
    Optional<Session> found = sessions.find(compared.number(), from);
    if (found.isEmpty() || !(found.get().step instanceof Comparing(BucketSums own))) {
      return;
    }
    Session session = found.get();
    session.sourceRun = compared.run();
    long mask = own.differing(compared.sums());
    if (mask != 0) {
      session.copy.doubt(session.source);
      fetch(session, new Fetching(mask, Optional.empty()), turn);
    } else {
      sessions.equal(session.copy, session.source, session.begunNanos);
      install(session, new Arrival(List.of(), compared.floor(), 0, Optional.empty()), turn);
    }
  }

  /// A source sends what is missing.
  void page(Peer from, Page page, Turn turn) {
    Optional<Session> found = sessions.find(page.number(), from);
    if (found.isEmpty()
        || !(found.get().step instanceof Fetching(long mask, var after))
        || !after.equals(page.after())) {
      return;
    }
    Session session = found.get();
    long bytes = page.entries().stream().mapToLong(Stored::bytes).sum();
    copiedBytes += bytes;
    session.copy.copiedBytes += bytes;
    budget.spend(bytes - settings.pageBytes());
    install(session, new Arrival(page.entries(), page.floor(), mask, page.next()), turn);
    quench(turn);
  }

  /// A source does not fit: whoever is behind will learn the map.
  void misfit(Peer from, Misfit misfit, Turn turn) {
    sessions.find(misfit.number(), from).ifPresent(session -> sessions.fail(session, turn));
  }

  /// What came is durable.
  void persisted(long ticket, Turn turn) {
    Optional<Session> session = sessions.installing(ticket);
    if (session.isPresent() && session.get().step instanceof Installing(_, long mask, var next)) {
      goOn(session.get(), mask, next, turn);
    }
  }

  /// A question was not answered for a while.
  void repeatDue(long number, Turn turn) {
    Optional<Session> found = sessions.find(number);
    if (found.isEmpty()) {
      return;
    }
    Session session = found.get();
    session.repeats++;
    if (isHopeless(session, turn)) {
      sessions.fail(session, turn);
    } else {
      ask(session, turn);
    }
  }

  private boolean isHopeless(Session session, Turn turn) {
    boolean isLost =
        session.repeats >= REPEATS_TO_UNREACHABLE && !directory.isReachable(session.source);
    return isLost || turn.nanos() - session.sinceNanos > PATIENCE.toNanos();
  }

  /// Lets those ask who waited for the budget, and for clients.
  void quench(Turn turn) {
    while (!thirsty.isEmpty() && !budget.isSpent(turn.nanos()) && !courtesy.holdsBack(turn)) {
      Session session = thirsty.remove();
      if (sessions.isOpen(session)) {
        courtesy.step(turn);
        budget.spend(settings.pageBytes());
        ask(session, turn);
      }
    }
    if (!thirsty.isEmpty() && budget.isSpent(turn.nanos())) {
      turn.wake(new BudgetDue(), budget.untilFilled());
    }
  }

  /// What a source sent.
  ///
  /// @param next behind which key there is more
  private record Arrival(List<Stored> entries, Ballot floor, long mask, Optional<Key> next) {}

  private void read(Session session, Optional<Key> after, Turn turn) {
    Reader.Listener listener =
        new Reader.Listener() {
          @Override
          public void read(List<Stored> registers, boolean last, Turn later) {
            readOn(session, registers, last, later);
          }

          @Override
          public void unreadable(Turn later) {
            if (sessions.isOpen(session)) {
              sessions.fail(session, later);
            }
          }
        };
    reader.read(session.copy.partition, after, listener, turn);
  }

  private void readOn(Session session, List<Stored> registers, boolean last, Turn turn) {
    if (!sessions.isOpen(session) || !(session.step instanceof Reading(Contents before))) {
      return;
    }
    Contents read = before.plus(registers);
    installer.read(session.copy.partition, registers);
    session.enter(new Reading(read), turn);
    if (last) {
      installer.counted(session.copy.partition, read.keys(), read.bytes());
      session.enter(new Comparing(read.sums()), turn);
      ask(session, turn);
    } else {
      read(session, Reader.end(registers), turn);
    }
  }

  private void install(Session session, Arrival arrival, Turn turn) {
    int partition = session.copy.partition;
    if (arrival.entries().isEmpty() && !arrival.floor().above(installer.floor(partition))) {
      goOn(session, arrival.mask(), arrival.next(), turn);
    } else {
      long ticket = reader.ticket();
      session.enter(new Installing(ticket, arrival.mask(), arrival.next()), turn);
      turn.cancel(new RepeatDue(session.number));
      installer.install(partition, arrival.entries(), arrival.floor(), ticket);
    }
  }

  private void goOn(Session session, long mask, Optional<Key> next, Turn turn) {
    if (next.isPresent()) {
      fetch(session, new Fetching(mask, next), turn);
    } else {
      sessions.finish(session, turn);
    }
  }

  private void fetch(Session session, Fetching step, Turn turn) {
    session.enter(step, turn);
    turn.cancel(new RepeatDue(session.number));
    thirsty.add(session);
    quench(turn);
  }

  private void ask(Session session, Turn turn) {
    Copy copy = session.copy;
    Peer source = directory.peer(session.source);
    long epoch = copy.set.epoch();
    switch (session.step) {
      case Comparing(BucketSums sums) -> turn.send(source, compare(session, sums));
      case Fetching(long mask, Optional<Key> after) ->
          turn.send(source, new Fetch(session.number, copy.partition, epoch, mask, after));
      case Reading _, Installing _ ->
          Check.that(false, "nobody is asked for what is under way here");
    }
    wakeForRepeat(session, turn);
  }

  private Compare compare(Session session, BucketSums sums) {
    int partition = session.copy.partition;
    long epoch = session.copy.set.epoch();
    Ballot floor = installer.floor(partition);
    return new Compare(session.number, partition, epoch, settings.run(), sums, floor);
  }

  private void wakeForRepeat(Session session, Turn turn) {
    long millis = FIRST_REPEAT_MILLIS << Math.min(session.repeats, DOUBLINGS);
    turn.wake(new RepeatDue(session.number), Duration.ofMillis(millis));
  }
}
