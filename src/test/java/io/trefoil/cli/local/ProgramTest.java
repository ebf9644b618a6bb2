package io.trefoil.cli.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {

  @TempDir private Path folder;

  @Test
  void aNodeIsStartedWithItsSettings() {
    Program program = new Program(List.of("java", "-jar", "x.jar"));
    assertEquals(
        List.of("java", "-jar", "x.jar", "serve", "-Da.b=c d"),
        program.serve(Map.of("a.b", "c d")));
  }

  @Test
  void aCommandIsShownAsAShellTakesIt() {
    assertEquals(
        "java -Da=b 'x y' 'it'\\''s' ''",
        Program.typed(List.of("java", "-Da=b", "x y", "it's", "")));
  }

  @Test
  void theJarIsWhatJavaWasStartedFrom() throws IOException {
    Path jar = Files.writeString(folder.resolve("run.jar"), "");
    assertEquals(jar, Program.jar(jar.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "target/classes", "a.jar:b.jar", "no-such.jar"})
  void whatIsNoJarCannotStartNodes(String classPath) {
    var refused = assertThrows(IllegalStateException.class, () -> Program.jar(classPath));
    assertTrue(refused.getMessage().contains("./mvnw package"), refused.getMessage());
  }
}
