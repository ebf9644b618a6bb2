package io.trefoil.cli.backup;

import io.trefoil.core.model.Key;
import java.util.Arrays;

/// A key and its value, as a backup keeps them.
///
/// @param contentType the value's media type
/// @param value its bytes, not to be changed
/// @param etag the version it had, without quotes
public record SavedRecord(Key key, String contentType, byte[] value, String etag) {

  /// How much it counts for: the bytes of its key and its value.
  public long bytes() {
    return key.utf8().length + (long) value.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SavedRecord(var k, var type, var v, var tag)
        && key.equals(k)
        && contentType.equals(type)
        && Arrays.equals(value, v)
        && etag.equals(tag);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Arrays.hashCode(value);
  }
}
