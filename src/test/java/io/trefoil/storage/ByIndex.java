package io.trefoil.storage;

import io.trefoil.storage.Format.Codec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A format whose bytes are only the index of an object that this process keeps: stores are tested
/// with bytes of no meaning to them.
final class ByIndex {

  private ByIndex() {}

  static Format format() {
    return new Format(codec(), codec(), codec(), codec(), codec());
  }

  private static <T> Codec<T> codec() {
    List<T> kept = new ArrayList<>();
    return new Codec<>(
        object -> {
          synchronized (kept) {
            kept.add(object);
            return ByteBuffer.allocate(Integer.BYTES).putInt(kept.size() - 1).array();
          }
        },
        bytes -> {
          if (bytes.length != Integer.BYTES) {
            throw new IllegalArgumentException("not of this format");
          }
          synchronized (kept) {
            return kept.get(ByteBuffer.wrap(bytes).getInt());
          }
        });
  }
}
