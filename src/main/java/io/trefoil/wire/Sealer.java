package io.trefoil.wire;

import io.trefoil.core.model.NodeId;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/// Seals what one node sends in one run, with AES-256-GCM. Not thread-safe.
///
/// AES-GCM is broken by one nonce used twice under one key. A key belongs to a sender and a run,
/// and the counter rises by one with each packet, whichever way that goes; so there is one sealer
/// in a process. The counter begins anywhere: where a data directory was copied or set back, two
/// processes have the same sender and run, and their counters still do not meet.
public final class Sealer {

  /// A long packet is encrypted in pieces: Java learns from many calls to use the processor's own
  /// instructions, which are fifty times as fast, and long packets are few.
  private static final int PIECE_BYTES = 16 << 10;

  private final int keyId;
  private final long sender;
  private final long run;
  private final SecretKey secret;
  private final Cipher cipher = Seal.cipher();
  private long counter;

  private Sealer(ClusterKey key, NodeId sender, long run, long first) {
    this.keyId = key.id();
    this.sender = sender.bits();
    this.run = run;
    this.secret = key.derive(this.sender, run);
    this.counter = first;
  }

  /// A sealer with the first of the keys; none if that says that nothing is sealed.
  ///
  /// @param first where the counter begins: drawn by chance, from all 64-bit numbers
  public static Optional<Sealer> of(ClusterKeys keys, NodeId sender, long run, long first) {
    return keys.sending().map(key -> new Sealer(key, sender, run, first));
  }

  /// Seals a packet where it stands.
  ///
  /// @param bytes from the offset on: the frame; room for the rest of [Seal#HEAD_BYTES]; the body;
  ///   and room for [Seal#TAG_BYTES] up to the end
  void seal(byte[] bytes, int offset) {
    var seal = new Seal(keyId, sender, run, counter++);
    seal.write(bytes, offset);
    int at = offset + Seal.HEAD_BYTES;
    int end = bytes.length - Seal.TAG_BYTES;
    try {
      cipher.init(Cipher.ENCRYPT_MODE, secret, seal.nonce());
      cipher.updateAAD(bytes, offset, Seal.HEAD_BYTES);
      for (; end - at > PIECE_BYTES; at += PIECE_BYTES) {
        cipher.update(bytes, at, PIECE_BYTES, bytes, at);
      }
      cipher.doFinal(bytes, at, end - at, bytes, at);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a packet cannot be sealed", e);
    }
  }
}
