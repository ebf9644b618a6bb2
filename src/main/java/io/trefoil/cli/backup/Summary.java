package io.trefoil.cli.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What a whole file holds.
///
/// @param name the file's
/// @param records how many
/// @param bytes of their keys and values
/// @param sha256 of the file, in hexadecimal digits
public record Summary(String name, long records, long bytes, String sha256) {

  /// A digest that nothing was added to.
  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
