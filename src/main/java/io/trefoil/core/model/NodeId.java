package io.trefoil.core.model;

/// A node's identity: a 64-bit random number drawn when its data directory is first used. It dies
/// with the directory. Ordered as an unsigned number; written as 16 hexadecimal digits.
///
/// @param bits the number; zero is reserved for [#NONE]
public record NodeId(long bits) implements Comparable<NodeId> {

  /// Stands for a node whose id is not known yet, as when a seed is first contacted by address.
  public static final NodeId NONE = new NodeId(0);

  /// Reads the 16 hexadecimal digits written by [#toString].
  ///
  /// @throws IllegalArgumentException if the text is no such number
  public static NodeId parse(String text) {
    return new NodeId(Long.parseUnsignedLong(text, 16));
  }

  @Override
  public int compareTo(NodeId other) {
    return Long.compareUnsigned(bits, other.bits);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bits);
  }

  @Override
  public String toString() {
    return "%016x".formatted(bits);
  }
}
