package io.trefoil.core.register;

import io.trefoil.core.machine.Now;

/// What becomes of open operations when the voters of their partition change: each goes on with the
/// new ones, so that no client sees that anything moved. Those that have sent a record are resolved
/// among the new voters, who know of it if it was chosen.
final class Moves {

  private final Rounds rounds;
  private final Change change;

  Moves(Rounds rounds, Change change) {
    this.rounds = rounds;
    this.change = change;
  }

  /// Takes up every operation whose voters are not the ones it asked.
  void mapAdopted(Now now, RegisterSink out) {
    for (Task task : rounds.all()) {
      boolean moved =
          task.tally != null && task.tally.voters().epoch() != rounds.voters(task).epoch();
      if (moved && rounds.isOpen(task)) {
        takeUp(task, now, out);
      }
    }
  }

  private void takeUp(Task task, Now now, RegisterSink out) {
    switch (task.phase) {
      case Phase.Reading _, Phase.ReadingOne _, Phase.Inspecting _, Phase.Checking _ ->
          rounds.ask(task, task.phase, now, out);
      case Phase.Writing _ -> change.enter(task, now, out);
      case Phase.Preparing _, Phase.Proposing _ -> change.prepare(task, now, out);
      case Phase.AwaitingAll _ -> rounds.finish(task, BlindWrite.done(task), out);
      case Phase.Lingering _ -> rounds.close(task, out);
      case Phase.Queued _, Phase.BackingOff _, Phase.Delegating _ -> {
        // Asks nobody just now, or another coordinator.
      }
    }
  }
}
