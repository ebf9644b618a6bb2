package io.trefoil.core.model;

import java.nio.charset.StandardCharsets;

/// The name of one register: 1 to 512 bytes of UTF-8, any characters.
///
/// @param text the key; never empty, never with an unpaired surrogate
public record Key(String text) implements Comparable<Key> {

  /// The longest key, in bytes of UTF-8.
  public static final int MAX_BYTES = 512;

  /// Refuses what is not a key.
  ///
  /// @throws IllegalArgumentException with a sentence naming what is wrong
  public Key {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0) {
      throw new IllegalArgumentException("the key is empty; a key has 1 to 512 bytes");
    }
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException("the key has " + bytes + " bytes; a key has 1 to 512");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("the key has an unpaired surrogate, which UTF-8 has not");
    }
  }

  /// The bytes that are hashed, stored and sent.
  public byte[] utf8() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Orders as the UTF-8 bytes do, which is the order of listings and of code points. UTF-16 has it
  /// the other way round only for surrogates, which stand for the highest code points.
  @Override
  public int compareTo(Key other) {
    int shorter = Math.min(text.length(), other.text.length());
    for (int i = 0; i < shorter; i++) {
      char mine = text.charAt(i);
      char others = other.text.charAt(i);
      if (mine != others) {
        int ranks = Boolean.compare(Character.isSurrogate(mine), Character.isSurrogate(others));
        return ranks == 0 ? mine - others : ranks;
      }
    }
    return text.length() - other.text.length();
  }

  @Override
  public String toString() {
    return text;
  }
}
