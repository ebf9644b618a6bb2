package io.trefoil.core.node;

/// Tells the tickets of machines apart that share a disk: the lowest bits name the machine.
enum Tickets {
  /// The map machine's.
  MAP,
  /// The registers'.
  REGISTER,
  /// Stabilization's.
  STABILIZATION;

  private static final int BITS = 2;

  /// The node's ticket for a machine's.
  long outer(long ticket) {
    return ticket << BITS | ordinal();
  }

  /// The machine's ticket for a node's.
  static long inner(long ticket) {
    return ticket >>> BITS;
  }

  /// Whose a node's ticket is.
  static Tickets of(long ticket) {
    return values()[(int) ticket & (1 << BITS) - 1];
  }
}
