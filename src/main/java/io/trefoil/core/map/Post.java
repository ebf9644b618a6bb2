package io.trefoil.core.map;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/// Sends to members by their id. What is for this node itself never travels: it waits here until
/// the input at hand is done with.
final class Post {

  private final NodeId self;
  private final Surroundings surroundings;
  private final Queue<MapMessage> own = new ArrayDeque<>();

  Post(NodeId self, Surroundings surroundings) {
    this.self = self;
    this.surroundings = surroundings;
  }

  void send(NodeId to, MapMessage message, Moment at) {
    if (to.equals(self)) {
      own.add(message);
    } else {
      at.send(surroundings.peer(to), message);
    }
  }

  /// Sends to where a message came from.
  void answer(Peer to, MapMessage message, Moment at) {
    if (to.id().equals(self)) {
      own.add(message);
    } else {
      at.send(to, message);
    }
  }

  /// The oldest message of this node to itself that was not taken yet.
  Optional<MapMessage> take() {
    return Optional.ofNullable(own.poll());
  }
}
