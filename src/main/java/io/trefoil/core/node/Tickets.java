package io.trefoil.core.node;

/// Tells the tickets of two machines apart that share a disk: the lowest bit names the machine.
enum Tickets {
  /// The map machine's.
  MAP,
  /// The registers'.
  REGISTER;

  /// The node's ticket for a machine's.
  long outer(long ticket) {
    return ticket << 1 | ordinal();
  }

  /// The machine's ticket for a node's.
  static long inner(long ticket) {
    return ticket >>> 1;
  }

  /// Whose a node's ticket is.
  static Tickets of(long ticket) {
    return (ticket & 1) == MAP.ordinal() ? MAP : REGISTER;
  }
}
