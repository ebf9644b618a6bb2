package io.trefoil.core.model;

import java.util.Arrays;

/// What a client stored under a key: bytes and the media type they were sent with. The array is
/// shared, never copied: nobody writes to it after construction.
///
/// @param bytes 0 to 1 MiB
/// @param contentType the media type, kept as it came
public record Value(byte[] bytes, String contentType) {

  /// The media type of a value that came without one.
  public static final String OCTETS = "application/octet-stream";

  /// A value of plain octets.
  public static Value of(byte[] bytes) {
    return new Value(bytes, OCTETS);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Value(byte[] theirs, String type)
        && type.equals(contentType)
        && Arrays.equals(theirs, bytes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(bytes) + contentType.hashCode();
  }

  @Override
  public String toString() {
    return bytes.length + " bytes of " + contentType;
  }
}
