package io.trefoil.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterKeysTest {

  private static final String K =
      "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
  private static final String L = "ff".repeat(32);
  private static final byte[] SECRET = HexFormat.of().parseHex(K);

  @Test
  void hexadecimalDigitsAndBase64AreTheSameKey() {
    String base64 = Base64.getEncoder().encodeToString(SECRET);

    assertEquals(key(K).id(), key(base64).id());
    assertArrayEquals(key(K).derive(1, 2).getEncoded(), key(base64).derive(1, 2).getEncoded());
  }

  @Test
  void theFirstIsUsedAndEachIsAccepted() {
    ClusterKeys keys = ClusterKeys.parse(List.of(K, " none ", L));

    assertEquals(key(K).id(), keys.sending().orElseThrow().id());
    assertTrue(keys.acceptUnsealed());
    assertTrue(keys.key(key(L).id()).isPresent());
    assertEquals(Optional.empty(), keys.key(1));
    assertFalse(ClusterKeys.parse(List.of(K)).acceptUnsealed());
    assertEquals(Optional.empty(), ClusterKeys.parse(List.of("none", K)).sending());
  }

  @Test
  void theIdIsTheBeginningOfADigest() throws Exception {
    var sha = MessageDigest.getInstance("SHA-256");
    sha.update("trefoil key id".getBytes(StandardCharsets.US_ASCII));
    String digest = HexFormat.of().formatHex(sha.digest(SECRET));

    assertEquals("key " + digest.substring(0, 8), key(K).toString());
  }

  /// RFC 5869 by hand: extract with a salt of zeros, expand to one block.
  @Test
  void aSendersKeyIsWhatHkdfSays() throws Exception {
    byte[] extracted = hmac(new byte[32], SECRET);
    byte[] info =
        HexFormat.of()
            .parseHex(
                HexFormat.of().formatHex("trefoil packet".getBytes(StandardCharsets.US_ASCII))
                    + "0000000000000007"
                    + "000000000000000a"
                    + "01");

    assertArrayEquals(hmac(extracted, info), key(K).derive(7, 10).getEncoded());
    assertEquals("AES", key(K).derive(7, 10).getAlgorithm());
    assertFalse(
        Arrays.equals(key(K).derive(7, 10).getEncoded(), key(K).derive(7, 11).getEncoded()));
  }

  private static byte[] hmac(byte[] key, byte[] text) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hush",
        "",
        "0123456789abcdef",
        "zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
        "c2hvcnQ=",
        "NONE"
      })
  void aWrongEntryIsToldByItsPlaceAndNeverByItsText(String wrong) {
    var entries = List.of(K, wrong);

    var refused = assertThrows(IllegalArgumentException.class, () -> ClusterKeys.parse(entries));

    assertTrue(refused.getMessage().startsWith("has as entry number 2 neither"), refused::toString);
    assertFalse(!wrong.isEmpty() && refused.getMessage().contains(wrong), refused::toString);
    assertEquals(null, refused.getCause());
  }

  @Test
  void anEntryTwiceIsRefused() {
    for (String entry : List.of(K, "none")) {
      var entries = List.of(entry, L, entry);
      var refused = assertThrows(IllegalArgumentException.class, () -> ClusterKeys.parse(entries));
      assertEquals("has the same entry twice, as number 1 and number 3", refused.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> ClusterKeys.parse(List.of()));
  }

  @Test
  void noTextOfItShowsASecret() {
    String text = ClusterKeys.parse(List.of(K, "none", L)).toString();

    assertEquals(key(K) + ", none, " + key(L), text);
    assertFalse(text.contains(K.substring(0, 8)) || text.contains(L.substring(0, 8)), text);
  }

  private static ClusterKey key(String text) {
    return ClusterKeys.parse(List.of(text)).sending().orElseThrow();
  }
}
