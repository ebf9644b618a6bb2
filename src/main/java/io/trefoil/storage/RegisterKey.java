package io.trefoil.storage;

import io.trefoil.core.model.Key;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The place of a register in the database: the partition, four bytes with the highest first, then
/// the key's UTF-8 bytes. So a partition is one range, and its keys lie in the order of listings.
final class RegisterKey {

  private RegisterKey() {}

  /// Where a partition begins.
  static byte[] first(int partition) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(partition).array();
  }

  /// The key that lies at a place.
  ///
  /// @throws IllegalArgumentException if it is no key
  static Key at(byte[] place) {
    int length = place.length - Integer.BYTES;
    return new Key(new String(place, Integer.BYTES, length, StandardCharsets.UTF_8));
  }

  /// The place of one register.
  static byte[] of(int partition, Key key) {
    byte[] utf8 = key.utf8();
    return ByteBuffer.allocate(Integer.BYTES + utf8.length).putInt(partition).put(utf8).array();
  }
}
