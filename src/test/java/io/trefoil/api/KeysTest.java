package io.trefoil.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.model.Key;
import java.net.URI;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys written as targets and read back, without a server.
class KeysTest {

  private static final String ROOT = "/v1/kv";

  /// What makes keys hard to write: separators, dots, escapes, control characters, each plane.
  private static final List<String> PIECES =
      List.of(
          "/",
          "/",
          ".",
          "..",
          "%",
          "%2F",
          "+",
          " ",
          "?",
          "#",
          "&",
          "=",
          ";",
          ":",
          "\\",
          "\"",
          "\0",
          "\n",
          "\u007f",
          "a",
          "Z",
          "9",
          "-_~",
          "ü",
          "☘",
          "\uD83D\uDCA9",
          "\uFFFF",
          "key");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyKeyIsReadBackFromItsTargetHoweverThatIsNormalised(long seed) {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 5_000; i++) {
      Key key = key(random);
      String written = Keys.write(key, ROOT);
      assertEquals(key, read(written), written);
      assertEquals(key, read(URI.create(written).normalize().toString()), written);
    }
  }

  @Test
  void aKeyThatAPathCanCarryIsWrittenAsAPath() {
    assertEquals("/v1/kv/a/b%20c", Keys.write(new Key("a/b c"), ROOT));
    assertEquals("/v1/kv/.../a.", Keys.write(new Key(".../a."), ROOT));
  }

  @Test
  void aKeyThatAPathCannotCarryIsWrittenAsAParameter() {
    assertEquals("/v1/kv?key=a%2F..%2Fb", Keys.write(new Key("a/../b"), ROOT));
    assertEquals("/v1/kv?key=a%2F", Keys.write(new Key("a/"), ROOT));
    assertEquals("/v1/kv?key=%2F", Keys.write(new Key("/"), ROOT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/kvx", "/v1/k%76/a", "/v1", "//v1/kv/a"})
  void whatIsNotUnderTheRootNamesNothing(String target) {
    assertEquals(
        ProblemKind.NO_SUCH_PATH, assertThrows(Refusal.class, () -> read(target)).problem().kind());
  }

  @Test
  void aRefusalSaysWhereAndWhat() {
    Refusal refusal = assertThrows(Refusal.class, () -> read("/v1/kv/a%2"));
    assertTrue(refusal.getMessage().contains("'%2'"), refusal::getMessage);
    refusal = assertThrows(Refusal.class, () -> read("/v1/kv/ab\u00fc"));
    assertTrue(refusal.getMessage().contains("character 3 is U+00FC"), refusal::getMessage);
    refusal = assertThrows(Refusal.class, () -> read("/v1/kv/a/../b"));
    assertTrue(refusal.getMessage().contains("/v1/kv?key="), refusal::getMessage);
  }

  private static Key key(SplittableRandom random) {
    var text = new StringBuilder();
    for (int left = random.nextInt(1, 12); left > 0; left--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return new Key(text.toString());
  }

  private static Key read(String uri) {
    RequestTarget target = RequestTarget.of(uri);
    var parameters = QueryParameters.parse(target.query(), List.of(Keys.PARAMETER));
    return Keys.parse(target, ROOT, parameters);
  }
}
