package io.trefoil.simulation;

import io.trefoil.core.model.Outcome;
import io.trefoil.simulation.history.Call;
import io.trefoil.simulation.history.History;
import io.trefoil.simulation.invariant.Forcings;
import io.trefoil.simulation.world.Violation;
import io.trefoil.simulation.world.World;
import java.time.Duration;
import java.util.List;

/// What came of a run.
///
/// @param settings which run it was
/// @param violations what happened that must not; empty if all is well
/// @param traceHash the same for the same run
/// @param events how many inputs nodes took
/// @param packets how many packets they sent
/// @param operations how the clients' operations ended
/// @param histories how many keys' histories were judged
/// @param forced on how many more keys there were operations, in partitions that went on with a
///   survivor alone
/// @param lost how many partitions were lost for good because their survivor's disk was lost while
///   the others were being given up
/// @param councilLost whether the council was lost for good because the disk of its only member was
///   lost while it was being left to it
/// @param epochs the highest that a node adopted
/// @param virtualTime how long it was for the nodes
public record Report(
    SimulationSettings settings,
    List<Violation> violations,
    long traceHash,
    long events,
    long packets,
    Tally operations,
    int histories,
    int forced,
    int lost,
    boolean councilLost,
    long epochs,
    Duration virtualTime) {

  /// How many operations ended how.
  ///
  /// @param done answered, done, or refused by their condition
  /// @param notDone not done, said so
  /// @param unknown of unknown outcome, said so
  /// @param unanswered the node died first, or the client gave up
  public record Tally(int done, int notDone, int unknown, int unanswered) {

    static Tally of(History history) {
      int[] counts = new int[4];
      for (Call call : history.calls()) {
        counts[call.outcome().map(Tally::place).orElse(3)]++;
      }
      return new Tally(counts[0], counts[1], counts[2], counts[3]);
    }

    private static int place(Outcome outcome) {
      return switch (outcome) {
        case Outcome.Found _, Outcome.Inspected _, Outcome.Done _, Outcome.Refused _ -> 0;
        case Outcome.NotDone _ -> 1;
        case Outcome.Unknown _ -> 2;
      };
    }
  }

  static Report of(
      SimulationSettings settings,
      World world,
      History history,
      Forcings forcings,
      Redundancy redundancy,
      long traceHash) {
    long packets = 0;
    for (int host = 0; host < world.hosts().size(); host++) {
      packets += world.network().packetsFrom(host);
    }
    int forced = (int) history.byKey().keySet().stream().filter(forcings::excuse).count();
    return new Report(
        settings,
        List.copyOf(world.violations()),
        traceHash,
        world.events(),
        packets,
        Tally.of(history),
        history.byKey().size() - forced,
        forced,
        redundancy.partitionsLost(),
        redundancy.isCouncilLost(),
        forcings.epoch(),
        Duration.ofNanos(world.nanos()));
  }

  /// Whether nothing happened that must not.
  public boolean isClean() {
    return violations.isEmpty();
  }

  /// Whether more was lost than the cluster itself can make good: it need not become whole then.
  public boolean isBeyondHelp() {
    return lost > 0 || councilLost;
  }

  /// One line for a clean run; for another, what happened and the command that shows it again.
  public String summary() {
    String line =
        ("seed %d: %d nodes, %s, %.1f s, %d events, %d packets, %d epochs, %d histories and %d"
                + " with survivors, %d partitions lost%s, %s, trace %016x")
            .formatted(
                settings.seed(),
                settings.nodes(),
                settings.scenario().label(),
                virtualTime.toMillis() / 1e3,
                events,
                packets,
                epochs,
                histories,
                forced,
                lost,
                councilLost ? " and the council" : "",
                operations,
                traceHash);
    return isClean() ? line : line + "\n" + violations.getFirst() + "\n" + settings.command();
  }
}
