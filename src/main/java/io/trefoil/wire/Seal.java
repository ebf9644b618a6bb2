package io.trefoil.wire;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// What a sealed packet says in clear, behind the four bytes of its frame: `packet.proto` draws it.
///
/// @param keyId which of the cluster's keys
/// @param sender the id of the node that sealed it
/// @param run that node's boot counter
/// @param counter different for each packet of a sender and run
record Seal(int keyId, long sender, long run, long counter) {

  /// The fourth byte of a packet that is not sealed.
  static final byte NOT_SEALED = 0;

  /// The fourth byte of a sealed packet.
  static final byte SEALED = 1;

  /// All that stands before the ciphertext, the frame's four bytes included.
  static final int HEAD_BYTES = PacketCodec.FRAME_BYTES + Integer.BYTES + 3 * Long.BYTES;

  /// What stands behind the ciphertext.
  static final int TAG_BYTES = 16;

  private static final int NONCE_BYTES = 12;

  static Seal read(byte[] packet) {
    var head = ByteBuffer.wrap(packet).position(PacketCodec.FRAME_BYTES);
    return new Seal(head.getInt(), head.getLong(), head.getLong(), head.getLong());
  }

  /// Writes it behind a frame.
  ///
  /// @param offset where the frame begins
  void write(byte[] packet, int offset) {
    ByteBuffer.wrap(packet, offset + PacketCodec.FRAME_BYTES, HEAD_BYTES - PacketCodec.FRAME_BYTES)
        .putInt(keyId)
        .putLong(sender)
        .putLong(run)
        .putLong(counter);
  }

  /// The nonce: four zero bytes and the counter.
  GCMParameterSpec nonce() {
    byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putInt(0).putLong(counter).array();
    return new GCMParameterSpec(Byte.SIZE * TAG_BYTES, nonce);
  }

  static Cipher cipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES-GCM", e);
    }
  }
}
