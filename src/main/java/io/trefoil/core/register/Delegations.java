package io.trefoil.core.register;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.register.RegisterMessage.Delegated;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The operations that others handed to this coordinator in this run: which are under way, and how
/// the last ones ended, for askers whose answer was lost. None is ever run twice: of those that are
/// forgotten, the highest number of each asker is kept, and whatever is not above it is left
/// unread.
final class Delegations {

  private static final int CAPACITY = 4_096;

  private record Handed(NodeId asker, Exchange exchange) {}

  private final Map<Handed, Optional<Delegated>> operations = new LinkedHashMap<>();
  private final Map<NodeId, Long> forgottenUpTo = new LinkedHashMap<>();

  /// Whether the operation is to be run; if it was already, an answer that exists is given again.
  boolean begin(Peer from, Exchange exchange, RegisterSink out) {
    Handed handed = new Handed(from.id(), exchange);
    Optional<Delegated> known = operations.get(handed);
    if (known != null) {
      known.ifPresent(answer -> out.send(from, answer));
      return false;
    }
    if (exchange.operation() <= forgottenUpTo.getOrDefault(from.id(), 0L)) {
      return false;
    }
    makeRoom();
    operations.put(handed, Optional.empty());
    return true;
  }

  /// The operation ended.
  void end(Peer to, Delegated answer, RegisterSink out) {
    operations.replace(new Handed(to.id(), answer.exchange()), Optional.of(answer));
    out.send(to, answer);
  }

  private void makeRoom() {
    if (operations.size() >= CAPACITY) {
      Handed eldest = operations.keySet().iterator().next();
      operations.remove(eldest);
      forgottenUpTo.merge(eldest.asker(), eldest.exchange().operation(), Math::max);
    }
  }
}
