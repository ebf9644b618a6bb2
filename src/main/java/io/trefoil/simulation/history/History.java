package io.trefoil.simulation.history;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything that clients asked and were told during a run, in the order in which it happened.
public final class History {

  private final List<Call> calls = new ArrayList<>();
  private long moments;

  /// Notes that a client asks.
  ///
  /// @param nanos virtual time
  /// @return the call's number, for [#complete]
  public int invoke(int client, int coordinator, Operation operation, long nanos) {
    var invoked = new Moment(++moments, nanos);
    calls.add(new Call(client, coordinator, operation, invoked, java.util.Optional.empty()));
    return calls.size() - 1;
  }

  /// Notes what a client was told.
  ///
  /// @param call what [#invoke] gave; completed once at most
  /// @param nanos virtual time
  public void complete(int call, Outcome outcome, long nanos) {
    Call open = calls.get(call);
    if (open.returned().isPresent()) {
      throw new IllegalStateException("this call was answered before: " + open);
    }
    calls.set(call, open.returning(new Moment(++moments, nanos), outcome));
  }

  /// All calls in the order of their invocation.
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /// The calls by the key they are about, keys in the order of their first call.
  public Map<Key, List<Call>> byKey() {
    var keys = new LinkedHashMap<Key, List<Call>>();
    for (Call call : calls) {
      keys.computeIfAbsent(call.operation().key(), _ -> new ArrayList<>()).add(call);
    }
    return keys;
  }
}
