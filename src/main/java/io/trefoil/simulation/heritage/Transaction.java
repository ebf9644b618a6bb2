package io.trefoil.simulation.heritage;

import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.OperationKind;
import io.trefoil.core.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One operation that the driver asks for.
///
/// @param number counted through a run; `transID` in the log
/// @param kind create, read, update or delete
/// @param key without spaces
/// @param value what is written, or what the key should hold; empty if nothing is known of it
record Transaction(int number, OperationKind kind, String key, Optional<String> value) {

  /// What the store is asked: a create wants the key absent, an update and a delete want it there.
  Operation operation() {
    var name = new Key(key);
    return switch (kind) {
      case CREATE -> new Operation.Put(name, written(), new Condition.Absent());
      case UPDATE -> new Operation.Put(name, written(), new Condition.Present());
      case DELETE -> new Operation.Delete(name, new Condition.Present());
      case READ -> new Operation.Get(name, Consistency.LINEARIZABLE);
      case WRITE, INSPECT, REPAIR ->
          throw new IllegalStateException("the original had no operation " + kind.label());
    };
  }

  private Value written() {
    return Value.of(value.orElseThrow().getBytes(StandardCharsets.UTF_8));
  }
}
