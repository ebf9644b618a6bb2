package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.unless;

import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/// Opens what [Sealer]s of other nodes have sealed. Not thread-safe.
///
/// Nothing of a packet is believed before its tag was found right. Derived keys are kept only then:
/// strangers cost the time of a derivation and no memory.
public final class Opener {

  /// How many senders' keys are kept: as many as may have a stream open to a node.
  static final int KEPT = 4_096;

  private static final List<String> REASONS =
      List.of("sealed", "not-sealed", "unknown-key", "forged");

  /// Whose packets a derived key opens.
  private record Origin(int keyId, long sender, long run) {}

  private final ClusterKeys keys;
  private final Cipher cipher = Seal.cipher();
  private final LinkedHashMap<Origin, SecretKey> kept = new LinkedHashMap<>(16, 0.75f, true);

  /// An opener of what was sealed with any of these keys.
  public Opener(ClusterKeys keys) {
    this.keys = keys;
  }

  /// Whether a packet was rejected because its sender has other keys.
  ///
  /// @param reason as in [Decoded.Rejected]
  public static boolean isAboutKeys(String reason) {
    return REASONS.contains(reason);
  }

  /// What was sealed or not.
  ///
  /// @param bytes where the body is
  /// @param from where it begins there; it goes on to the end
  /// @param seal what the packet says in clear, if it was sealed
  record Opened(byte[] bytes, int from, Optional<Seal> seal) {

    /// Whether the header inside says the same as the seal outside.
    boolean isOf(PacketHeader header) {
      return seal.isEmpty()
          || (seal.get().sender() == header.from().bits() && seal.get().run() == header.run());
    }

    /// How long the packet is without a seal.
    int size() {
      return PacketCodec.FRAME_BYTES + bytes.length - from;
    }
  }

  /// Opens a packet whose frame is in order.
  Opened open(byte[] packet) throws Undecodable {
    byte kind = packet[PacketCodec.FRAME_BYTES - 1];
    if (kind == Seal.NOT_SEALED) {
      unless(keys.acceptUnsealed(), "not-sealed");
      return new Opened(packet, PacketCodec.FRAME_BYTES, Optional.empty());
    }
    unless(!keys.isNone() && kind == Seal.SEALED, "sealed");
    unless(packet.length >= Seal.HEAD_BYTES + Seal.TAG_BYTES, "short");
    return unsealed(packet, Seal.read(packet));
  }

  private Opened unsealed(byte[] packet, Seal seal) throws Undecodable {
    Optional<ClusterKey> key = keys.key(seal.keyId());
    unless(key.isPresent(), "unknown-key");
    var origin = new Origin(seal.keyId(), seal.sender(), seal.run());
    SecretKey secret = kept.get(origin);
    if (secret == null) {
      secret = key.get().derive(seal.sender(), seal.run());
    }
    byte[] body = decrypted(packet, seal, secret);
    keep(origin, secret);
    return new Opened(body, 0, Optional.of(seal));
  }

  private byte[] decrypted(byte[] packet, Seal seal, SecretKey secret) throws Undecodable {
    var body = new byte[packet.length - Seal.HEAD_BYTES - Seal.TAG_BYTES];
    try {
      cipher.init(Cipher.DECRYPT_MODE, secret, seal.nonce());
      cipher.updateAAD(packet, 0, Seal.HEAD_BYTES);
      cipher.doFinal(packet, Seal.HEAD_BYTES, packet.length - Seal.HEAD_BYTES, body, 0);
      return body;
    } catch (AEADBadTagException _) {
      throw Undecodable.because("forged");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a packet cannot be opened", e);
    }
  }

  private void keep(Origin origin, SecretKey secret) {
    kept.put(origin, secret);
    if (kept.size() > KEPT) {
      kept.pollFirstEntry();
    }
  }

  /// How many senders' keys are kept now.
  int keptNow() {
    return kept.size();
  }
}
