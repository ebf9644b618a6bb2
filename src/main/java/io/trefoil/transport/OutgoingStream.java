package io.trefoil.transport;

import io.trefoil.core.model.Address;
import io.trefoil.transport.TransportStats.Direction;
import io.trefoil.transport.TransportStats.Path;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The stream to one destination: connected when something is to be sent over it, kept while it is
/// in use, connected again when it broke. What waits for it is bounded in bytes; beyond that, and
/// when the destination cannot be reached, messages are dropped and counted: their senders repeat
/// them.
final class OutgoingStream {

  /// How much may wait for one destination.
  static final int QUEUE_BYTES = 16 << 20;

  /// How much is handed to the socket at a time; the rest waits here.
  static final int SOCKET_BYTES = 1 << 20;

  /// Small messages share a packet up to this size.
  private static final int BATCH_BYTES = 64 << 10;

  /// After a failed attempt to connect, nothing is attempted for so long.
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /// A socket that takes nothing for so long is given up.
  private static final long STALL_MILLIS = 5_000;

  private final Vertx vertx;
  private final NetClient client;
  private final Names names;
  private final Address destination;
  private final Opening opening;
  private final Counters counters;
  private final ArrayDeque<Outgoing> queue = new ArrayDeque<>();
  private long queuedBytes;
  private Optional<NetSocket> socket = Optional.empty();
  private boolean connecting;
  private long pausedUntil = System.nanoTime();
  private long stallTimer = -1;
  private boolean closed;

  /// A stream not connected yet.
  ///
  /// @param opening what it begins with, and what seals its packets
  OutgoingStream(
      Vertx vertx,
      NetClient client,
      Names names,
      Address destination,
      Opening opening,
      Counters counters) {
    this.vertx = vertx;
    this.client = client;
    this.names = names;
    this.destination = destination;
    this.opening = opening;
    this.counters = counters;
  }

  /// Sends a message after all that were sent before it.
  void send(Outgoing message) {
    if (closed || System.nanoTime() - pausedUntil < 0) {
      counters.dropped("unreachable", 1);
    } else if (queuedBytes > 0 && queuedBytes + message.bytes() > QUEUE_BYTES) {
      counters.dropped("queue-full", 1);
    } else {
      queue.add(message);
      queuedBytes += message.bytes();
    }
  }

  /// Sends on what waits, connecting first if need be.
  void flush() {
    if (queue.isEmpty() || connecting) {
      return;
    }
    if (socket.isPresent()) {
      pump(socket.get());
    } else {
      connect();
    }
  }

  /// Whether nothing waits and nothing is connected.
  boolean isIdle() {
    return queue.isEmpty() && !connecting && socket.isEmpty();
  }

  /// Drops what waits and disconnects.
  void close() {
    closed = true;
    drop("closed");
    socket.ifPresent(OutgoingStream::abort);
  }

  /// Disconnects at once. [NetSocket#close] would first wait until all is written, which is for
  /// ever if the peer does not read.
  private static void abort(NetSocket connection) {
    ((NetSocketInternal) connection).channelHandlerContext().close();
  }

  private void connect() {
    Optional<String> host = names.literal(destination.host());
    if (host.isEmpty()) {
      giveUp("unresolved");
      return;
    }
    connecting = true;
    client
        .connect(destination.port(), host.get())
        .onComplete(
            attempt -> {
              connecting = false;
              if (attempt.failed()) {
                giveUp("unreachable");
              } else if (closed) {
                attempt.result().close();
              } else {
                connected(attempt.result());
              }
            });
  }

  private void giveUp(String reason) {
    pausedUntil = System.nanoTime() + PAUSE_NANOS;
    drop(reason);
  }

  private void connected(NetSocket connection) {
    socket = Optional.of(connection);
    counters.streamOpened();
    connection.setWriteQueueMaxSize(SOCKET_BYTES);
    connection.drainHandler(_ -> drained(connection));
    connection.exceptionHandler(_ -> connection.close());
    connection.closeHandler(_ -> disconnected());
    write(connection, opening.hello());
    pump(connection);
  }

  private void disconnected() {
    socket = Optional.empty();
    counters.streamClosed();
    stopStallTimer();
    flush();
  }

  private void drained(NetSocket connection) {
    stopStallTimer();
    pump(connection);
  }

  private void pump(NetSocket connection) {
    while (!queue.isEmpty() && !connection.writeQueueFull()) {
      write(connection, nextBatch().streamed(opening.sealer()));
    }
    if (connection.writeQueueFull() && stallTimer < 0) {
      stallTimer = vertx.setTimer(STALL_MILLIS, _ -> stalled(connection));
    }
  }

  private Batch nextBatch() {
    var batch = new Batch(poll());
    while (!queue.isEmpty()
        && batch.isFor(queue.peek())
        && batch.bytes() + queue.peek().bytes() <= BATCH_BYTES) {
      batch.add(poll());
    }
    return batch;
  }

  private Outgoing poll() {
    Outgoing next = queue.poll();
    queuedBytes -= next.bytes();
    return next;
  }

  private void write(NetSocket connection, byte[] packet) {
    counters.packet(Direction.OUT, Path.STREAM, packet.length);
    connection.write(Buffer.buffer(packet));
  }

  private void stalled(NetSocket connection) {
    stallTimer = -1;
    giveUp("stalled");
    abort(connection);
  }

  private void stopStallTimer() {
    if (stallTimer >= 0) {
      vertx.cancelTimer(stallTimer);
      stallTimer = -1;
    }
  }

  private void drop(String reason) {
    if (!queue.isEmpty()) {
      counters.dropped(reason, queue.size());
      queue.clear();
      queuedBytes = 0;
    }
  }
}
