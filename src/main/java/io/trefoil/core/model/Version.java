package io.trefoil.core.model;

/// Which write made a record: the first ballot drawn for that operation. It is drawn once, travels
/// with the record through every later proposal of it, and is what clients know as the ETag.
///
/// @param ballot the operation's first ballot
public record Version(Ballot ballot) implements Comparable<Version> {

  private static final int FIELDS = 4;

  /// The entity tag without its quotes: epoch, time, node and draw in hexadecimal, by dots.
  public String tag() {
    return new StringBuilder(64)
        .append(Long.toHexString(ballot.epoch()))
        .append('.')
        .append(Long.toHexString(ballot.at().bits()))
        .append('.')
        .append(Long.toHexString(ballot.node().bits()))
        .append('.')
        .append(Long.toHexString(ballot.draw()))
        .toString();
  }

  /// Reads what [#tag] wrote.
  ///
  /// @throws IllegalArgumentException if the text is no tag of this store
  public static Version parse(String tag) {
    String[] fields = tag.split("\\.", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("'" + tag + "' is not an entity tag of this store");
    }
    try {
      return new Version(
          new Ballot(
              Long.parseUnsignedLong(fields[0], 16),
              new HybridTimestamp(Long.parseUnsignedLong(fields[1], 16)),
              new NodeId(Long.parseUnsignedLong(fields[2], 16)),
              Long.parseUnsignedLong(fields[3], 16)));
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("'" + tag + "' is not an entity tag of this store");
    }
  }

  /// When the write was begun, in milliseconds since 1970, by its coordinator's clock.
  public long millis() {
    return ballot.at().millis();
  }

  @Override
  public int compareTo(Version other) {
    return ballot.compareTo(other.ballot);
  }

  @Override
  public String toString() {
    return tag();
  }
}
