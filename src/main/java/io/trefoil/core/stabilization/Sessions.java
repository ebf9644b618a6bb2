package io.trefoil.core.stabilization;

import io.trefoil.core.machine.Event;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.register.Directory;
import io.trefoil.core.stabilization.StabilizationAlarm.RepeatDue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The asker's sessions: which are open, which comes next, and what becomes of one that ends.
final class Sessions {

  private static final int RUN_SHIFT = 40;

  private final StabilizationSettings settings;
  private final Directory directory;
  private final Installer installer;
  private final Copies copies;
  private final Agenda agenda;
  private final Courtesy courtesy;
  private final Map<Long, Session> open = new LinkedHashMap<>();
  private long numbers;

  Sessions(
      StabilizationSettings settings,
      Directory directory,
      Installer installer,
      Copies copies,
      Agenda agenda,
      Courtesy courtesy) {
    this.installer = installer;
    this.settings = settings;
    this.directory = directory;
    this.copies = copies;
    this.agenda = agenda;
    this.courtesy = courtesy;
    this.numbers = settings.run() << RUN_SHIFT;
  }

  /// How many are open.
  int count() {
    return open.size();
  }

  /// A number for a question, never drawn before.
  long number() {
    return ++numbers;
  }

  /// An open session.
  Optional<Session> find(long number) {
    return Optional.ofNullable(open.get(number));
  }

  /// An open session with that source.
  Optional<Session> find(long number, Peer source) {
    return find(number).filter(session -> session.source.equals(source.id()));
  }

  /// The open session that waits for a ticket of the installer.
  Optional<Session> installing(long ticket) {
    return open.values().stream().filter(session -> session.isInstalling(ticket)).findFirst();
  }

  /// Whether a session has not ended.
  boolean isOpen(Session session) {
    return open.get(session.number) == session;
  }

  /// Opens the next session, if there is one to open and room for it.
  Optional<Session> openNext(Turn turn) {
    while (open.size() < settings.sessions() && !agenda.isEmpty() && !courtesy.holdsBack(turn)) {
      Optional<Session> next =
          agenda.poll().flatMap(copies::find).flatMap(copy -> open(copy, turn));
      if (next.isPresent()) {
        courtesy.step(turn);
        return next;
      }
    }
    return Optional.empty();
  }

  /// Ends a session that has brought all that its source had.
  void finish(Session session, Turn turn) {
    close(session, turn);
    synced(session.copy, session.source, session.sourceRun, turn);
  }

  /// All that a source had accepted is here.
  ///
  /// @param run the source's when it said what it had
  void synced(Copy copy, NodeId source, long run, Turn turn) {
    boolean wasComplete = copy.isComplete();
    copy.synced(source, run);
    agenda.add(copy);
    if (!wasComplete && copy.isComplete() && copy.copiedBytes > 0) {
      turn.announce(new Event.CopyFinished(copy.partition, copy.set.epoch(), copy.copiedBytes));
    }
  }

  /// A source held the very same: what is known of all sources is told.
  ///
  /// @param sinceNanos when the comparison began here
  void equal(Copy copy, NodeId source, long sinceNanos) {
    copy.equal(source, sinceNanos);
    copy.equalUntilNanos().ifPresent(until -> installer.foundEqual(copy.partition, until));
  }

  /// Ends a session that leads nowhere now. The partition waits, and begins with another source.
  void fail(Session session, Turn turn) {
    close(session, turn);
    session.copy.failed(session.source);
    agenda.postpone(session.copy.partition, turn);
  }

  /// Ends what was going on for a partition whose voters have changed.
  void abandon(int partition, Turn turn) {
    List.copyOf(open.values()).stream()
        .filter(session -> session.copy.partition == partition)
        .forEach(session -> close(session, turn));
  }

  private Optional<Session> open(Copy copy, Turn turn) {
    boolean isUnderWay = open.values().stream().anyMatch(session -> session.copy == copy);
    if (isUnderWay || !copy.isDue() || installer.isDamaged(copy.partition)) {
      return Optional.empty();
    }
    Optional<NodeId> source = copy.source(directory::isReachable);
    if (source.isEmpty()) {
      agenda.postpone(copy.partition, turn);
      return Optional.empty();
    }
    Session session = new Session(number(), copy, source.get(), turn.nanos());
    open.put(session.number, session);
    copy.begun(session.source, turn.nanos());
    installer.copying(copy.partition, true);
    return Optional.of(session);
  }

  private void close(Session session, Turn turn) {
    open.remove(session.number);
    installer.copying(session.copy.partition, false);
    turn.cancel(new RepeatDue(session.number));
  }
}
