package io.trefoil.wire;

/// How large things on the wire may be. What is larger is refused before it is looked into.
public final class Limits {

  /// The most a datagram carries: fits every path's MTU, IPv6 minimum included.
  public static final int DATAGRAM_BYTES = 1_200;

  /// What a seal adds to a packet: key id, sender, run, counter and tag.
  public static final int SEAL_BYTES = 44;

  /// The longest value, in bytes.
  public static final int VALUE_BYTES = 1 << 20;

  /// The longest packet: a value, and room for all that can stand beside it.
  public static final int PACKET_BYTES = (2 << 20) + (64 << 10);

  /// The longest packet of nothing but map messages: the map of ten thousand nodes, many times.
  public static final int MAP_PACKET_BYTES = 16 << 20;

  /// The longest packet of all, with a seal.
  public static final int SEALED_PACKET_BYTES = MAP_PACKET_BYTES + SEAL_BYTES;

  /// The longest name, zone or host, in bytes.
  static final int NAME_BYTES = 255;

  /// The most members a map lists.
  static final int MEMBERS = 1 << 16;

  /// The most voters a set has.
  static final int VOTERS = 16;

  /// The most members a council has.
  static final int COUNCIL = 5;

  private Limits() {}
}
