package io.trefoil.storage;

import io.trefoil.core.model.Key;
import java.nio.ByteBuffer;

/// The place of a register in the database: the partition, four bytes with the highest first, then
/// the key's UTF-8 bytes. So a partition is one range, and its keys lie in the order of listings.
final class RegisterKey {

  private RegisterKey() {}

  /// Where the registers of a partition begin, and those of the one before end.
  static byte[] first(int partition) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(partition).array();
  }

  /// The place of one register.
  static byte[] of(int partition, Key key) {
    byte[] utf8 = key.utf8();
    return ByteBuffer.allocate(Integer.BYTES + utf8.length).putInt(partition).put(utf8).array();
  }
}
