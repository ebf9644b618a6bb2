package io.trefoil.simulation.history;

import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Version;
import io.trefoil.simulation.history.Identities.Contradiction;
import io.trefoil.simulation.history.Step.Fit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides exactly whether a history is linearizable: whether for each key there is one order of
/// its operations, consistent with real time, in which each ends as its client was told.
/// - An operation whose outcome is unknown, or that was never answered, took effect at some instant
///   after its invocation, however late, or never.
/// - One that was not done never takes effect.
/// - A refusal shows the record it was judged by, as a read would.
/// - Compare-and-set is judged by versions: which write a version means follows from whoever was
///   told it or shown it beside a value.
/// - Keys are independent (Herlihy and Wing, 1990), so each is searched alone. Reads with
///   [Consistency#ONE] promise nothing and are left out.
public final class Linearizability {

  private Linearizability() {}

  /// Checks all keys.
  ///
  /// @return a report of the first key for which there is no such order, empty if there is none
  /// @throws IllegalArgumentException if two writes of a key have the same value
  public static Optional<String> violation(History history) {
    for (Map.Entry<Key, List<Call>> key : history.byKey().entrySet()) {
      Optional<String> violation = violation(key.getKey(), key.getValue());
      if (violation.isPresent()) {
        return violation;
      }
    }
    return Optional.empty();
  }

  /// Checks one key, and names it in the report.
  public static Optional<String> violation(Key key, List<Call> calls) {
    return violation(calls).map(v -> "key " + key + " is not linearizable: " + v);
  }

  /// Checks one key.
  ///
  /// @param calls the calls on it, in the order of their invocation
  public static Optional<String> violation(List<Call> calls) {
    try {
      var search = new Search(steps(calls));
      return search.succeeds() ? Optional.empty() : Optional.of(report(calls, search.longest()));
    } catch (Contradiction contradiction) {
      return Optional.of(contradiction.getMessage() + lines(calls));
    }
  }

  private static List<Step> steps(List<Call> calls) throws Contradiction {
    var identities = new Identities(calls);
    var steps = new ArrayList<Step>();
    for (int i = 0; i < calls.size(); i++) {
      step(calls.get(i), i + 1, identities).ifPresent(steps::add);
    }
    return steps;
  }

  /// A call as a step; empty if it constrains nothing.
  private static Optional<Step> step(Call call, int state, Identities identities) {
    int after = call.operation() instanceof Operation.Put ? state : 0;
    Fit condition = fit(condition(call.operation()), identities);
    return switch (call.outcome().orElse(null)) {
      case Outcome.Found(var record) when isLinearizable(call) ->
          certain(call, new Fit.Exactly(identities.state(record)), Step.KEPT);
      case Outcome.Found _, Outcome.Inspected _ -> Optional.empty();
      case Outcome.Done _ -> certain(call, condition, after);
      case Outcome.Refused(var current) ->
          certain(call, refusal(identities.state(current), condition), Step.KEPT);
      case Outcome.NotDone _ -> Optional.empty();
      case Outcome.Unknown _ -> optional(call, condition, after);
      case null -> optional(call, condition, after);
    };
  }

  private static Optional<Step> certain(Call call, Fit fit, int after) {
    long returned = call.returned().orElseThrow().at().order();
    return Optional.of(new Step(call, call.invoked().order(), returned, fit, after));
  }

  private static Optional<Step> optional(Call call, Fit fit, int after) {
    return isWrite(call.operation())
        ? Optional.of(new Step(call, call.invoked().order(), Step.NEVER, fit, after))
        : Optional.empty();
  }

  private static boolean isWrite(Operation operation) {
    return operation instanceof Operation.Put || operation instanceof Operation.Delete;
  }

  private static boolean isLinearizable(Call call) {
    return !(call.operation() instanceof Operation.Get(var _, var consistency)
        && consistency == Consistency.ONE);
  }

  private static Fit refusal(int shown, Fit condition) {
    return condition.holds(shown) ? new Fit.Never() : new Fit.Exactly(shown);
  }

  private static Condition condition(Operation operation) {
    return switch (operation) {
      case Operation.Get _, Operation.Inspect _ -> new Condition.Always();
      case Operation.Put(var _, var _, var condition) -> condition;
      case Operation.Delete(var _, var condition) -> condition;
    };
  }

  private static Fit fit(Condition condition, Identities identities) {
    return switch (condition) {
      case Condition.Always() -> new Fit.Any();
      case Condition.Absent() -> new Fit.Exactly(0);
      case Condition.Present() -> new Fit.Present();
      case Condition.VersionIn(var versions) -> new Fit.OneOf(states(versions, identities));
    };
  }

  private static BitSet states(List<Version> versions, Identities identities) {
    var states = new BitSet();
    versions.stream().mapToInt(identities::state).filter(s -> s > 0).forEach(states::set);
    return states;
  }

  private static String report(List<Call> calls, List<Step> longest) {
    var text = new StringBuilder("no order explains these operations:").append(lines(calls));
    text.append("\nthe longest order that can be explained:");
    longest.forEach(step -> text.append("\n  ").append(step.call()));
    return text.toString();
  }

  private static String lines(List<Call> calls) {
    var text = new StringBuilder();
    calls.forEach(call -> text.append("\n  ").append(call));
    return text.toString();
  }
}
