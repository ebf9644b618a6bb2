package io.trefoil.runtime;

import io.trefoil.core.model.NodeId;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/// What a node last said of itself. Written by the loop that hosts it, read by any thread.
@Singleton
public class NodeStatus {

  /// A loop silent for so long is stuck.
  private static final long STUCK_NANOS = 10_000_000_000L;

  private volatile NodeId id = NodeId.NONE;
  private volatile String name = "";
  private volatile long epoch;
  private volatile boolean bound;
  private volatile boolean draining;
  private volatile long beatNanos = System.nanoTime();
  private volatile Optional<String> failure = Optional.empty();
  private volatile Readiness readiness =
      new Readiness(false, "The node is starting.", Map.of("epoch", 0L));

  /// The node's identity; [NodeId#NONE] until its data directory has been read.
  NodeId id() {
    return id;
  }

  /// The operator's name for it; empty until the settings have been read.
  String name() {
    return name;
  }

  /// The epoch of its cluster map; 0 while it has none.
  long epoch() {
    return epoch;
  }

  /// Whether its sockets are bound.
  boolean isBound() {
    return bound;
  }

  /// Whether it is ready for clients.
  Readiness readiness() {
    return readiness;
  }

  /// Whether the loop turns and nothing has failed for good.
  boolean isLive() {
    return failure.isEmpty() && System.nanoTime() - beatNanos < STUCK_NANOS;
  }

  /// Why the node stopped for good, as a sentence; empty while it has not.
  Optional<String> failure() {
    return failure;
  }

  /// Notes who the node is.
  void identify(NodeId nodeId, String nodeName) {
    id = nodeId;
    name = nodeName;
  }

  /// Notes that the loop turns. To be called several times a second.
  void beat() {
    beatNanos = System.nanoTime();
  }

  /// Notes why the node stopped for good; the first reason stays.
  synchronized void fail(String reason) {
    if (failure.isEmpty()) {
      failure = Optional.of(reason);
      readiness = new Readiness(false, reason, Map.of("epoch", epoch));
    }
  }

  /// Notes the cluster map's epoch.
  void adopt(long mapEpoch) {
    epoch = mapEpoch;
  }

  /// Notes that the process is about to stop: from now on the node is not ready.
  synchronized void drain() {
    draining = true;
    readiness = readiness.draining();
  }

  /// Whether the process is about to stop.
  boolean isDraining() {
    return draining;
  }

  /// Notes that the sockets are bound.
  void bind() {
    bound = true;
  }

  /// Notes whether the node is ready.
  synchronized void report(Readiness now) {
    if (failure.isEmpty()) {
      readiness = draining ? now.draining() : now;
    }
  }
}
