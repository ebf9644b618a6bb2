package io.trefoil.runtime;

import io.trefoil.storage.Format;
import io.trefoil.storage.Format.Codec;
import io.trefoil.wire.StorageCodec;
import io.trefoil.wire.UnreadableException;
import java.util.function.Function;

/// Hands the wire's encodings to the store, which may not know of them.
final class WireFormat {

  private WireFormat() {}

  /// What is kept on disk as `storage.proto` says.
  static Format format() {
    return new Format(
        new Codec<>(StorageCodec::encode, reading(StorageCodec::decodeRegister)),
        new Codec<>(StorageCodec::encode, reading(StorageCodec::decodeVote)),
        new Codec<>(StorageCodec::encode, reading(StorageCodec::decodeCouncilVote)),
        new Codec<>(StorageCodec::encode, reading(StorageCodec::decodeMap)),
        new Codec<>(StorageCodec::encode, reading(StorageCodec::decodeCopy)));
  }

  private interface Decoder<T> {
    T decode(byte[] bytes) throws UnreadableException;
  }

  private static <T> Function<byte[], T> reading(Decoder<T> decoder) {
    return bytes -> {
      try {
        return decoder.decode(bytes);
      } catch (UnreadableException unreadable) {
        throw new IllegalArgumentException(unreadable.getMessage(), unreadable);
      }
    };
  }
}
