package io.trefoil.simulation.history;

import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Value;
import io.trefoil.core.model.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which write made which value, and under which version. Every write of a history has a value of
/// its own, so what a read shows tells whose write it saw; versions are learnt from the writers
/// that were told theirs, and from what others were shown.
final class Identities {

  private final Map<Value, Integer> states = new LinkedHashMap<>();
  private final Map<Version, Integer> versions = new LinkedHashMap<>();
  private final Map<Integer, Version> told = new LinkedHashMap<>();

  /// Reads the calls on one key.
  ///
  /// @throws Contradiction if what was shown cannot be whatever the order
  Identities(List<Call> calls) throws Contradiction {
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i).operation() instanceof Operation.Put(var _, var value, var _)
          && states.put(value, i + 1) != null) {
        throw new IllegalArgumentException(
            "two writes of the history have the same value: " + calls.get(i));
      }
    }
    for (int i = 0; i < calls.size(); i++) {
      learn(calls.get(i), i + 1);
    }
  }

  /// What was shown to a client and can never be.
  static final class Contradiction extends Exception {
    private static final long serialVersionUID = 1;

    Contradiction(String sentence) {
      super(sentence);
    }
  }

  /// The state in which a key shows this.
  int state(Optional<Record> shown) {
    return shown.flatMap(Record::value).map(states::get).orElse(0);
  }

  /// The state made by the write of this version; -1 if no write was ever seen to have it.
  int state(Version version) {
    return versions.getOrDefault(version, -1);
  }

  private void learn(Call call, int state) throws Contradiction {
    if (call.outcome().isEmpty()) {
      return;
    }
    switch (call.outcome().get()) {
      case Outcome.Found(var record) -> learn(call, record);
      case Outcome.Refused(var current) -> learn(call, current);
      case Outcome.Done(var version, var _) -> {
        if (call.operation() instanceof Operation.Put) {
          bind(call, version, state);
        }
      }
      case Outcome.Inspected _, Outcome.NotDone _, Outcome.Unknown _ -> {
        // Shows nothing that must hold.
      }
    }
  }

  private void learn(Call call, Optional<Record> shown) throws Contradiction {
    if (shown.flatMap(Record::value).isEmpty()) {
      return;
    }
    Integer state = states.get(shown.get().value().get());
    if (state == null) {
      throw new Contradiction("a value was shown that nobody wrote: " + call);
    }
    bind(call, shown.get().version(), state);
  }

  private void bind(Call call, Version version, int state) throws Contradiction {
    Integer other = versions.putIfAbsent(version, state);
    if (other != null && other != state) {
      throw new Contradiction("two writes have one version: " + call);
    }
    Version before = told.putIfAbsent(state, version);
    if (before != null && !before.equals(version)) {
      throw new Contradiction("one write has two versions, " + before + " before and now: " + call);
    }
  }
}
