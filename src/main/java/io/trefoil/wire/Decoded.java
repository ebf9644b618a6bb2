package io.trefoil.wire;

import io.trefoil.core.model.Address;
import io.trefoil.core.node.Envelope;
import java.util.List;
import java.util.Optional;

/// What became of bytes from the network.
public sealed interface Decoded {

  /// A packet of this cluster and protocol.
  ///
  /// @param header what it says of itself
  /// @param hello where its sender is reached, if it opens a stream
  /// @param envelopes its messages, in order
  /// @param skipped how many messages were left out because only a newer version knows them
  record Packet(PacketHeader header, Optional<Address> hello, List<Envelope> envelopes, int skipped)
      implements Decoded {}

  /// Nothing to be used.
  ///
  /// @param reason a short word for the metric
  record Rejected(String reason) implements Decoded {}
}
