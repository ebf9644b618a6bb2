package io.trefoil.transport;

import io.trefoil.core.model.Peer;
import io.trefoil.core.node.Envelope;

/// Takes what arrives from peers, always on the transport's event loop.
public interface Inbox {

  /// A message arrived. What is meant for another node is passed on only if it is membership's,
  /// which answers it.
  ///
  /// @param from the sender as its packet names it, and where an answer reaches it
  void heard(Peer from, Envelope envelope);

  /// A packet was left unread, or a message of it.
  ///
  /// @param reason a short word for the metric
  void rejected(String reason);
}
