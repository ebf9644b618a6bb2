package io.trefoil.transport;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Says in the log that packets come from nodes with other keys, so that a wrong secret is a
/// sentence and not silence: at the first of them, then once a minute at most.
final class UnopenedPackets {

  /// How long it is silent after a sentence.
  static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /// How many senders a sentence names.
  static final int HOSTS = 5;

  private final Consumer<String> log;
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Set<String> hosts = new LinkedHashSet<>();
  private long silentUntil;
  private boolean spoken;

  /// Nothing was rejected yet.
  ///
  /// @param log takes the sentences
  UnopenedPackets(Consumer<String> log) {
    this.log = log;
  }

  /// A packet was rejected.
  ///
  /// @param reason a short word, as in the metric
  /// @param host where it came from
  /// @param nowNanos monotonic time
  void add(String reason, String host, long nowNanos) {
    counts.merge(reason, 1, Integer::sum);
    if (hosts.size() < HOSTS) {
      hosts.add(host);
    }
    if (!spoken || nowNanos - silentUntil >= 0) {
      log.accept(sentence());
      spoken = true;
      silentUntil = nowNanos + SILENCE_NANOS;
      counts.clear();
      hosts.clear();
    }
  }

  private String sentence() {
    return "Packets of peers were rejected because of their seal: "
        + counts
        + ", from "
        + hosts
        + (hosts.size() < HOSTS ? "" : " and perhaps others")
        + "; does trefoil.peer.keys there fit this node's?";
  }
}
