package io.trefoil.simulation.workload;

import java.util.Optional;

/// What clients do to a cluster, and how to tell whether it did right by them.
public interface Workload {

  /// Sets clients to work.
  void start(Clients clients);

  /// Whether they have done all they were to do.
  boolean isDone();

  /// After all faults are healed and the clients have stopped: asks what is needed for the check.
  /// Every operation must succeed now.
  void finish(Clients clients);

  /// After that: what is wrong, as one sentence; empty if nothing is. The history was already found
  /// linearizable.
  Optional<String> check();
}
