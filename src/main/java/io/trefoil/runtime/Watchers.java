package io.trefoil.runtime;

import io.opentelemetry.context.Context;
import io.trefoil.core.machine.Event;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Request;
import java.util.List;

/// Several watchers as one.
record Watchers(List<Watcher> all) implements Watcher {

  @Override
  public void began(long number, Request request, Context within) {
    all.forEach(watcher -> watcher.began(number, request, within));
  }

  @Override
  public void ended(long number, Request request, Outcome outcome, long nanos) {
    all.forEach(watcher -> watcher.ended(number, request, outcome, nanos));
  }

  @Override
  public void happened(Event event) {
    all.forEach(watcher -> watcher.happened(event));
  }

  @Override
  public void committed(int writes, long nanos) {
    all.forEach(watcher -> watcher.committed(writes, nanos));
  }
}
