package io.trefoil.api;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Percent-encoding of UTF-8 (RFC 3986 §2.1), read strictly: what is not exactly right is refused,
/// because a guess would reach another key.
final class PercentCoding {

  private static final String UNRESERVED_MARKS = "-._~";
  private static final String DIGITS = "0123456789ABCDEF";

  private PercentCoding() {}

  /// Decodes a piece of a path or query. Every character but an escape stands for itself.
  ///
  /// @throws IllegalArgumentException with a sentence about what is wrong
  static String decode(String text) {
    requireAscii(text);
    if (text.indexOf('%') < 0) {
      return text;
    }
    var bytes = new ByteArrayOutputStream(text.length());
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '%') {
        bytes.write(escaped(text, at));
        at += 2;
      } else {
        bytes.write(c);
      }
    }
    return utf8(bytes.toByteArray());
  }

  /// Encodes everything but unreserved characters: the result stands for itself in any segment.
  static String encode(String text) {
    var encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (isUnreserved(b)) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(DIGITS.charAt(b >> 4 & 15)).append(DIGITS.charAt(b & 15));
      }
    }
    return encoded.toString();
  }

  private static void requireAscii(String text) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c <= ' ' || c >= 0x7f) {
        throw new IllegalArgumentException(
            "character %d is U+%04X, which must be percent-encoded".formatted(at + 1, (int) c));
      }
    }
  }

  private static int escaped(String text, int at) {
    if (at + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2))) {
      return HexFormat.fromHexDigits(text, at + 1, at + 3);
    }
    String escape = text.substring(at, Math.min(at + 3, text.length()));
    throw new IllegalArgumentException(
        "'" + escape + "' is not a percent-escape; a percent sign itself is written %25");
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw new IllegalArgumentException("its escapes do not decode to valid UTF-8");
    }
  }

  private static boolean isUnreserved(byte b) {
    return b >= '0' && b <= '9'
        || b >= 'A' && b <= 'Z'
        || b >= 'a' && b <= 'z'
        || UNRESERVED_MARKS.indexOf(b) >= 0;
  }
}
