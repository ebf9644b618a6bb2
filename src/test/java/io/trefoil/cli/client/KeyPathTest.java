package io.trefoil.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trefoil.core.model.Key;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPathTest {

  @ParameterizedTest
  @CsvSource({
    "plain,   /v1/kv/plain",
    "a-b._~9, /v1/kv/a-b._~9",
    "a/b/c,   /v1/kv/a/b/c",
    "a b,     /v1/kv/a%20b",
    "a+b,     /v1/kv/a%2Bb",
    "50%,     /v1/kv/50%25",
    "a;v=1,   /v1/kv/a%3Bv%3D1",
    "a?b#c,   /v1/kv/a%3Fb%23c",
    "a:b,     /v1/kv/a%3Ab",
    "ключ,    /v1/kv/%D0%BA%D0%BB%D1%8E%D1%87",
    "😀,      /v1/kv/%F0%9F%98%80",
    "a..b,    /v1/kv/a..b",
    "...,     /v1/kv/..."
  })
  void aKeyThatAPathCanCarryIsPercentEncodedIntoIt(String key, String path) {
    assertEquals(path, KeyPath.of("/v1/kv", new Key(key)));
  }

  @ParameterizedTest
  @CsvSource({
    ".,      /v1/kv?key=.",
    "..,     /v1/kv?key=..",
    "/,      /v1/kv?key=%2F",
    "/a,     /v1/kv?key=%2Fa",
    "a/,     /v1/kv?key=a%2F",
    "a//b,   /v1/kv?key=a%2F%2Fb",
    "a/../b, /v1/kv?key=a%2F..%2Fb",
    "./a b&c=d, /v1/kv?key=.%2Fa%20b%26c%3Dd"
  })
  void aKeyWithSegmentsThatAPathLosesGoesIntoTheQuery(String key, String path) {
    assertEquals(path, KeyPath.of("/v1/kv", new Key(key)));
  }

  @Test
  void everyKeyComesBackFromItsUri() {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      Key key = new Key(randomText(random));
      URI uri = URI.create("http://h" + KeyPath.of("/v1/kv", key));
      String raw =
          uri.getRawQuery() == null
              ? uri.getRawPath().substring("/v1/kv/".length())
              : uri.getRawQuery().substring("key=".length());
      assertEquals(key.text(), URLDecoder.decode(raw, StandardCharsets.UTF_8));
    }
  }

  /// One to eight characters out of those that matter in URLs, and a few from all over Unicode.
  private static String randomText(Random random) {
    int[] points = "/.%+?#&=;: ~\u0000\u007fä€😀".codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int n = 1 + random.nextInt(8); n > 0; n--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }
}
