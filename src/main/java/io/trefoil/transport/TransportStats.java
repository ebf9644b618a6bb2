package io.trefoil.transport;

import java.util.Map;

/// What a transport has sent and received since it was opened.
///
/// @param traffic packets and bytes by direction and path
/// @param messages messages by direction and protocol
/// @param dropped outgoing messages that were given up, by a short word saying why
/// @param rejected incoming packets and messages left unread, by a short word saying why
/// @param streams streams open now, in either direction
public record TransportStats(
    Map<Line, Traffic> traffic,
    Map<Subject, Long> messages,
    Map<String, Long> dropped,
    Map<String, Long> rejected,
    int streams) {

  /// Which way.
  public enum Direction {
    IN,
    OUT
  }

  /// By which socket.
  public enum Path {
    DATAGRAM,
    STREAM
  }

  /// Whose messages.
  public enum Protocol {
    MEMBERSHIP,
    MAP,
    REGISTER,
    STABILIZATION
  }

  /// One row of the traffic.
  public record Line(Direction direction, Path path) {}

  /// One row of the messages.
  public record Subject(Direction direction, Protocol protocol) {}

  /// How much.
  public record Traffic(long packets, long bytes) {}
}
