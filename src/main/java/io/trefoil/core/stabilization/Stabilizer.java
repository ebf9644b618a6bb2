package io.trefoil.core.stabilization;

import io.trefoil.core.machine.Check;
import io.trefoil.core.machine.Command;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.Machine;
import io.trefoil.core.machine.News;
import io.trefoil.core.machine.Now;
import io.trefoil.core.machine.Sink;
import io.trefoil.core.map.Progress;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.register.Directory;
import io.trefoil.core.stabilization.StabilizationMessage.Compare;
import io.trefoil.core.stabilization.StabilizationMessage.Compared;
import io.trefoil.core.stabilization.StabilizationMessage.Fetch;
import io.trefoil.core.stabilization.StabilizationMessage.ListKeys;
import io.trefoil.core.stabilization.StabilizationMessage.ListedKeys;
import io.trefoil.core.stabilization.StabilizationMessage.Misfit;
import io.trefoil.core.stabilization.StabilizationMessage.Page;
import java.util.List;

/// Brings every copy that this node votes for to completeness, shows that it equals the others, and
/// finds out when it no longer does (protocol §5, docs/protocols/stabilization.md).
///
/// It works like a clerk who keeps a ledger with two colleagues. In every new constellation of
/// clerks each reads off the sums of its pages, asks a colleague for its own, and copies the pages
/// whose sums differ. Nothing is believed that was not read from the ledger just now, so nothing
/// has to be kept up to date but the ledger itself.
public final class Stabilizer implements Machine<StabilizationMessage, StabilizationAlarm, Void> {

  private final Directory directory;
  private final Installer installer;
  private final Copies copies;
  private final Agenda agenda = new Agenda();
  private final Reader reader;
  private final Sessions sessions;
  private final Asker asker;
  private final Serving serving;
  private final Scrub scrub;
  private final Lister lister;

  /// A stabilizer that has compared nothing yet.
  ///
  /// @param directory who votes, who answers
  /// @param installer this node's copies
  public Stabilizer(
      NodeId self, Directory directory, Installer installer, StabilizationSettings settings) {
    this.directory = directory;
    this.installer = installer;
    this.copies = new Copies(self, directory, installer, settings.rules());
    this.reader = new Reader(settings.pageBytes(), installer);
    var courtesy = new Courtesy(settings.policy().clientPatience(), installer);
    this.sessions = new Sessions(settings, directory, installer, copies, agenda, courtesy);
    this.asker = new Asker(settings, directory, installer, sessions, reader, courtesy);
    this.serving =
        new Serving(settings, directory, installer, copies, agenda, sessions, reader, courtesy);
    this.scrub = new Scrub(settings.policy().scrubEvery(), copies, agenda);
    this.lister = new Lister(directory, sessions::number);
  }

  /// How far this node's copies are, for the council.
  ///
  /// @param epoch the map's, to be said in the report
  public Progress progress(long epoch) {
    return copies.progress(epoch);
  }

  /// Whether this node votes for a partition and holds all that was chosen before its epoch.
  public boolean isComplete(int partition) {
    return copies.find(partition).filter(copies::isComplete).isPresent();
  }

  /// Whether this node votes for a partition and knows its copy to equal all the others.
  public boolean isWhole(int partition) {
    return copies.find(partition).filter(copies::isWhole).isPresent();
  }

  /// How many partitions this node came to vote for after the cluster began, and does not hold
  /// whole yet.
  public int partitionsToCopy() {
    return copies.newcomersLeft();
  }

  /// How many partitions are still to be compared with somebody.
  public int partitionsLeft() {
    return copies.left();
  }

  /// How much was copied from others since the start, in bytes of registers.
  public long copiedBytes() {
    return asker.copiedBytes();
  }

  /// How many comparisons are under way here.
  public int sessions() {
    return sessions.count();
  }

  /// The council needs these copies no more. Those that this node votes for by now stay.
  public void drop(List<Integer> surplus) {
    surplus.stream()
        .filter(partition -> partition < directory.partitions())
        .filter(partition -> copies.find(partition).isEmpty() && installer.holds(partition))
        .forEach(installer::drop);
  }

  @Override
  public void on(
      Input<StabilizationMessage, StabilizationAlarm> input,
      Now now,
      Sink<StabilizationMessage, StabilizationAlarm, Void> out) {
    Turn turn = new Turn(now, out);
    switch (input) {
      case Input.Heard(Peer from, var message) -> heard(from, message, turn);
      case Input.Fired(var alarm, _) -> fired(alarm, turn);
      case Input.Persisted(long ticket) -> asker.persisted(ticket, turn);
      case Input.Scanned(long ticket, var registers, boolean last) ->
          reader.scanned(ticket, registers, last, turn);
      case Input.Unreadable(long ticket) -> reader.unreadable(ticket, turn);
      case Input.Told(News news) -> told(news, turn);
      case Input.Fetched<?, ?> _, Input.Asked<?, ?> _ ->
          Check.that(false, "stabilization fetches no single registers and serves no clients");
    }
    asker.fill(turn);
  }

  private void heard(Peer from, StabilizationMessage message, Turn turn) {
    switch (message) {
      case Compare compare -> serving.compare(from, compare, turn);
      case Fetch fetch -> serving.fetch(from, fetch, turn);
      case Compared compared -> asker.compared(from, compared, turn);
      case Page page -> asker.page(from, page, turn);
      case ListKeys question -> serving.list(from, question, turn);
      case ListedKeys keys -> lister.listed(from, keys, turn);
      case Misfit misfit -> asker.misfit(from, misfit, turn);
    }
  }

  private void fired(StabilizationAlarm alarm, Turn turn) {
    switch (alarm) {
      case StabilizationAlarm.RepeatDue(long number) -> asker.repeatDue(number, turn);
      case StabilizationAlarm.ListDue(long number) -> lister.due(number, turn);
      case StabilizationAlarm.RetryDue _ -> agenda.retry(copies, turn);
      case StabilizationAlarm.BudgetDue _, StabilizationAlarm.CourtesyDue _ -> asker.quench(turn);
      case StabilizationAlarm.ScrubDue _ -> scrub.due(turn);
    }
  }

  private void told(News news, Turn turn) {
    switch (news) {
      case News.Started _ -> {
        refresh(turn);
        scrub.start(turn);
      }
      case News.MapAdopted _ -> refresh(turn);
      case News.Commanded(Command.ListKeys command) -> lister.begin(command, turn);
      case News.Commanded(Command.OfSteward _),
          News.Commanded(Command.ForceCouncil _),
          News.SeedsResolved _,
          News.Leaving _,
          News.Restarting _ -> {
        // Copies depend on the map alone.
      }
    }
  }

  private void refresh(Turn turn) {
    for (int partition : copies.refresh()) {
      sessions.abandon(partition, turn);
      agenda.remove(partition);
      copies.find(partition).ifPresent(agenda::add);
    }
  }
}
