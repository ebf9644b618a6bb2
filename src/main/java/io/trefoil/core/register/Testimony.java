package io.trefoil.core.register;

import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.register.RegisterMessage.Promised;
import io.trefoil.core.register.Task.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the voters that promised remember of an operation whose record was sent to them before, and
/// is no longer the one they hold.
final class Testimony {

  /// Durations measured on two machines are compared with this much room.
  private static final long SPAN_MARGIN_MILLIS = 100;

  private final Task task;
  private final Map<NodeId, Promised> promises;

  Testimony(Task task, Map<NodeId, Promised> promises) {
    this.task = task;
    this.promises = promises;
  }

  /// How many voters accepted the operation's record under one and the same ballot of this epoch,
  /// if they are a quorum: then it happened, and was overwritten since. 0 if they are none.
  int acceptances() {
    return promises.values().stream()
        .flatMap(promise -> promise.recollection().accepted().stream())
        .distinct()
        .map(this::acceptedUnder)
        .filter(nodes -> Quorum.isMet(task.tally.voters(), nodes))
        .mapToInt(List::size)
        .findFirst()
        .orElse(0);
  }

  private List<NodeId> acceptedUnder(Ballot ballot) {
    List<NodeId> nodes = new ArrayList<>(promises.size());
    if (ballot.epoch() == task.tally.voters().epoch()) {
      promises.forEach(
          (node, promise) -> {
            if (promise.recollection().accepted().filter(ballot::equals).isPresent()) {
              nodes.add(node);
            }
          });
    }
    return nodes;
  }

  /// Whether no record of the operation was chosen and none will be: those that accepted none, as
  /// far back as they remember, are, of the voters of every epoch to whom one was sent, so many
  /// that the others cannot have chosen it. All of them have promised more since, in this epoch,
  /// and the record that they go on from is another.
  boolean isNever(Attempt attempt, Now now) {
    long elapsed =
        Math.max(
            (now.nanos() - attempt.nanos()) / 1_000_000, now.wallMillis() - attempt.wallMillis());
    List<NodeId> witnesses = new ArrayList<>(promises.size());
    for (Map.Entry<NodeId, Promised> each : promises.entrySet()) {
      if (!attempt.ballot().above(each.getValue().floor())) {
        return false;
      }
      Recollection memory = each.getValue().recollection();
      boolean reachesBack = memory.spanMillis() > elapsed + SPAN_MARGIN_MILLIS;
      if (memory.accepted().isEmpty() && reachesBack) {
        witnesses.add(each.getKey());
      }
    }
    return Quorum.isBlocked(attempt.voters(), witnesses)
        && task.laterVoters.stream().allMatch(set -> Quorum.isBlocked(set, witnesses));
  }
}
