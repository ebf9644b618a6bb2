package io.trefoil.core.register;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The operations that others handed to this coordinator: which are under way, and how the last
/// ones ended, for askers whose answer was lost. Forgetting one is harmless: run again, it finds
/// its own version among the replicas.
final class Delegations {

  private static final int CAPACITY = 4_096;

  private record Operation(NodeId coordinator, long number) {}

  private final Map<Operation, Optional<RegisterMessage.Delegated>> operations =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(
            Map.Entry<Operation, Optional<RegisterMessage.Delegated>> eldest) {
          return size() > CAPACITY;
        }
      };

  /// Whether the operation is new here; if not, an answer that exists already is given again.
  boolean begin(Peer from, Exchange exchange, RegisterSink out) {
    Operation operation = new Operation(from.id(), exchange.operation());
    Optional<RegisterMessage.Delegated> known = operations.get(operation);
    if (known == null) {
      operations.put(operation, Optional.empty());
      return true;
    }
    known.ifPresent(answer -> out.send(from, answer));
    return false;
  }

  /// The operation ended.
  void end(Peer to, RegisterMessage.Delegated answer, RegisterSink out) {
    operations.put(new Operation(to.id(), answer.exchange().operation()), Optional.of(answer));
    out.send(to, answer);
  }
}
