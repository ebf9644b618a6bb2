package io.trefoil.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A secret that the nodes of a cluster share. No packet is sealed with it: each sender has a key
/// of its own for each of its runs, derived from this one, so that no two senders can use a nonce
/// twice under one key.
public final class ClusterKey {

  /// How long a secret is.
  static final int BYTES = 32;

  private static final byte[] ID_PREFIX = "trefoil key id".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] USE = "trefoil packet".getBytes(StandardCharsets.US_ASCII);

  private final SecretKey secret;
  private final int id;

  /// A key.
  ///
  /// @param secret 32 bytes of chance
  ClusterKey(byte[] secret) {
    if (secret.length != BYTES) {
      throw new IllegalArgumentException("a cluster's key has " + BYTES + " bytes");
    }
    this.secret = new SecretKeySpec(secret, "Generic");
    this.id = idOf(secret);
  }

  private static int idOf(byte[] secret) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(ID_PREFIX);
      return ByteBuffer.wrap(sha.digest(secret)).getInt();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /// What packets name it by: the first four bytes of SHA-256 over "trefoil key id" and the secret.
  int id() {
    return id;
  }

  /// The AES key for what a node sends in one of its runs: HKDF-SHA256 (RFC 5869) without salt.
  ///
  /// @param sender the node's id
  /// @param run its boot counter
  SecretKey derive(long sender, long run) {
    byte[] info =
        ByteBuffer.allocate(USE.length + 2 * Long.BYTES)
            .put(USE)
            .putLong(sender)
            .putLong(run)
            .array();
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey("AES", HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(info, BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HKDF-SHA256", e);
    }
  }

  /// Its id, never the secret.
  @Override
  public String toString() {
    return "key " + HexFormat.of().toHexDigits(id);
  }
}
