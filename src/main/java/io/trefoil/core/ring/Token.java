package io.trefoil.core.ring;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import java.nio.ByteBuffer;
import org.apache.commons.codec.digest.MurmurHash3;

/// A point of the ring: the high half of the 128-bit murmur3 hash (x64, seed 0), as an unsigned
/// 64-bit number.
public final class Token {

  private Token() {}

  /// Where a key lies: the hash of its UTF-8 bytes.
  public static long of(Key key) {
    return hash(key.utf8());
  }

  /// Where one of a server's tokens lies: the hash of the node id and the token's index.
  public static long of(NodeId node, int index) {
    return hash(ByteBuffer.allocate(12).putLong(node.bits()).putInt(index).array());
  }

  /// The hash of any bytes.
  public static long hash(byte[] bytes) {
    return MurmurHash3.hash128x64(bytes, 0, bytes.length, 0)[0];
  }
}
