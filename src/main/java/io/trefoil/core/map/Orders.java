package io.trefoil.core.map;

import io.trefoil.core.machine.Event;
import io.trefoil.core.map.MapMessage.Answered;
import io.trefoil.core.map.MapMessage.Order;
import io.trefoil.core.model.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;

/// The operator's orders given at this node: each is repeated to the steward until it is answered.
final class Orders {

  /// After so long the operator is told that nobody answered.
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Post post;
  private final TreeMap<Long, Given> open = new TreeMap<>();

  Orders(Post post) {
    this.post = post;
  }

  private record Given(Order order, long sinceNanos) {}

  void give(Order order, Optional<NodeId> steward, Moment at) {
    open.put(order.number(), new Given(order, at.nanos()));
    steward.ifPresent(node -> post.send(node, order, at));
  }

  /// Repeats what was not answered, and gives up what was not for too long.
  void round(Optional<NodeId> steward, Moment at) {
    for (var given : new ArrayList<>(open.values())) {
      if (at.nanos() - given.sinceNanos > PATIENCE.toNanos()) {
        answered(new Answered(given.order.number(), unanswered()), at);
      } else {
        steward.ifPresent(node -> post.send(node, given.order, at));
      }
    }
  }

  void answered(Answered answer, Moment at) {
    if (open.remove(answer.number()) != null) {
      at.announce(new Event.OrderAnswered(answer.number(), answer.refusal()));
    }
  }

  private static Optional<String> unanswered() {
    return Optional.of("no map said so within %d s".formatted(PATIENCE.toSeconds()));
  }
}
