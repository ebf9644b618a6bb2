package io.trefoil.transport;

import io.trefoil.core.model.Address;
import io.trefoil.wire.Sealer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The way to one destination. What one turn of the event loop sends there is collected and leaves
/// together when the turn ends, in as few datagrams as hold it. Over the stream goes what is larger
/// than a datagram, and what would be more datagrams than the [Pacer] lets go at once.
final class Lane {

  private final Address destination;
  private final Datagrams datagrams;
  private final OutgoingStream stream;
  private final Optional<Sealer> sealer;
  private final Pacer pacer = new Pacer(System.nanoTime());
  private final List<Outgoing> collected = new ArrayList<>();
  private boolean used;

  /// A lane to a destination, over these sockets.
  ///
  /// @param sealer seals its datagrams, if they are to be sealed
  Lane(Address destination, Datagrams datagrams, OutgoingStream stream, Optional<Sealer> sealer) {
    this.destination = destination;
    this.datagrams = datagrams;
    this.stream = stream;
    this.sealer = sealer;
  }

  /// Keeps a message until the turn ends.
  ///
  /// @return whether it is the turn's first
  boolean collect(Outgoing message) {
    used = true;
    collected.add(message);
    return collected.size() == 1;
  }

  /// Sends what the turn has collected.
  void flush() {
    long nowNanos = System.nanoTime();
    Batch batch = null;
    for (Outgoing message : collected) {
      if (batch != null && batch.isFor(message) && message.fitsBeside(batch.bytes())) {
        batch.add(message);
      } else if (goesByDatagram(message, nowNanos)) {
        send(batch);
        batch = new Batch(message);
      } else {
        stream.send(message);
      }
    }
    send(batch);
    collected.clear();
    stream.flush();
  }

  private boolean goesByDatagram(Outgoing message, long nowNanos) {
    return message.fitsBeside(0) && (message.isUrgent() || pacer.take(nowNanos));
  }

  private void send(Batch batch) {
    if (batch != null) {
      datagrams.send(destination, batch.datagram(sealer));
    }
  }

  /// Whether nothing was sent since this was last asked, and nothing is open.
  boolean isIdle() {
    boolean idle = !used && stream.isIdle();
    used = false;
    return idle;
  }

  void close() {
    stream.close();
  }
}
