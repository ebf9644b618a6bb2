package io.trefoil.cli.backup;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// What stands before each entry of a file: its length and a CRC32C over length and entry.
final class Frames {

  /// The version of the format that this program writes, and the newest that it reads.
  static final int FORMAT = 1;

  /// How many bytes stand before an entry.
  static final int HEAD_BYTES = 2 * Integer.BYTES;

  /// The longest entry: a value of 1 MiB, and room for all that stands beside it. What is longer is
  /// damage, and is not read into memory.
  static final int MAX_BYTES = 2 << 20;

  private Frames() {}

  /// The bytes that go before an entry.
  static byte[] head(byte[] entry) {
    return ByteBuffer.allocate(HEAD_BYTES).putInt(entry.length).putInt(crc(entry)).array();
  }

  /// The checksum of an entry and its length.
  static int crc(byte[] entry) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(entry.length).flip());
    crc.update(entry);
    return (int) crc.getValue();
  }
}
