package io.trefoil.core.map;

import io.trefoil.core.machine.Command;
import io.trefoil.core.machine.Event;
import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.map.MapMessage.Answered;
import io.trefoil.core.map.MapMessage.MayStop;
import io.trefoil.core.map.MapMessage.Order;
import io.trefoil.core.map.MapMessage.Survey;
import io.trefoil.core.map.MapMessage.Surveyed;
import io.trefoil.core.model.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;

/// The operator's commands given at this node: each is repeated to the steward until it is
/// answered.
final class Orders {

  /// After so long the operator is told that nobody answered.
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Post post;
  private final TreeMap<Long, Given> open = new TreeMap<>();

  Orders(Post post) {
    this.post = post;
  }

  private record Given(MapMessage message, long sinceNanos) {}

  void give(Command.OfSteward command, Optional<NodeId> steward, Moment at) {
    var message = message(command);
    open.put(command.number(), new Given(message, at.nanos()));
    steward.ifPresent(node -> post.send(node, message, at));
  }

  private static MapMessage message(Command.OfSteward command) {
    return switch (command) {
      case Command.Decommission(long number, var name) -> new Order(number, name, Standing.LEAVING);
      case Command.Recommission(long number, var name) -> new Order(number, name, Standing.ACTIVE);
      case Command.PrepareStop(long number, var name) -> new MayStop(number, name);
      case Command.Survey(long number, int partition) -> new Survey(number, partition);
    };
  }

  /// Repeats what was not answered, and gives up what was not for too long.
  void round(Optional<NodeId> steward, Moment at) {
    for (var entry : new ArrayList<>(open.entrySet())) {
      var given = entry.getValue();
      if (at.nanos() - given.sinceNanos > PATIENCE.toNanos()) {
        answered(new Answered(entry.getKey(), unanswered()), at);
      } else {
        steward.ifPresent(node -> post.send(node, given.message, at));
      }
    }
  }

  void answered(Answered answer, Moment at) {
    if (open.remove(answer.number()) != null) {
      at.announce(new Event.OrderAnswered(answer.number(), answer.refusal()));
    }
  }

  void surveyed(Surveyed answer, Moment at) {
    if (open.remove(answer.number()) != null) {
      at.announce(new Event.Surveyed(answer.number(), answer.stocks(), answer.complete()));
    }
  }

  private static Optional<String> unanswered() {
    return Optional.of("no map said so within %d s".formatted(PATIENCE.toSeconds()));
  }
}
