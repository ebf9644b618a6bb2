package io.trefoil.core.register;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.register.RegisterMessage.Settle;
import io.trefoil.core.register.RegisterMessage.Settled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects which ballots all voters hold and tells the voters, many at a time. A lost message only
/// leaves keys pending.
final class Settler {

  /// How long news is collected.
  static final Duration DELAY = Duration.ofMillis(50);

  /// How many keys go into one message, so that common ones fit a datagram.
  private static final int BATCH = 12;

  private final Directory directory;
  private final Map<NodeId, List<Settled>> collected = new LinkedHashMap<>();

  Settler(Directory directory) {
    this.directory = directory;
  }

  /// All these voters hold this ballot.
  void add(List<NodeId> voters, Settled settled, RegisterSink out) {
    if (collected.isEmpty()) {
      out.emit(new Effect.Wake<>(new RegisterAlarm.SettleDue(), DELAY));
    }
    for (NodeId voter : voters) {
      collected.computeIfAbsent(voter, _ -> new ArrayList<>()).add(settled);
    }
  }

  /// Tells them.
  void flush(RegisterSink out) {
    collected.forEach(
        (voter, all) -> {
          for (int from = 0; from < all.size(); from += BATCH) {
            List<Settled> batch = all.subList(from, Math.min(from + BATCH, all.size()));
            out.send(directory.peer(voter), new Settle(List.copyOf(batch)));
          }
        });
    collected.clear();
  }
}
