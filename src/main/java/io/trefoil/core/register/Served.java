package io.trefoil.core.register;

import io.trefoil.core.model.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which operations one replica has announced its part in, so that each is announced once however
/// often its messages are repeated. The eldest are forgotten.
final class Served {

  private static final int CAPACITY = 8_192;

  private record Operation(NodeId coordinator, long number) {}

  private final Map<Operation, Boolean> operations =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Operation, Boolean> eldest) {
          return size() > CAPACITY;
        }
      };

  /// Whether this is the first time; from then on it is not.
  boolean first(NodeId coordinator, Exchange exchange) {
    return operations.put(new Operation(coordinator, exchange.operation()), true) == null;
  }
}
