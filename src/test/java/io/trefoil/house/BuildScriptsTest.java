package io.trefoil.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The scripts a newcomer starts with find a JDK, or say which one is missing.
class BuildScriptsTest {

  @TempDir private Path places;

  @Test
  void theWrapperAsksForTheJdkAndTheBuilderBeforeItStarts() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("mvnw"));
    int start = lines.indexOf("set -euf");
    for (int back = 2; back > 0; back--) {
      String script = back == 2 ? "jdk.sh" : "native.sh";
      assertTrue(
          lines.get(start - back).startsWith(". \"$(dirname \"$0\")/.mvn/" + script + "\""),
          "mvnw has lost the line before `set -euf` that sources .mvn/" + script + "; put it back");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mvnw", "trefoil", ".ci/run"})
  void aScriptIsExecutable(String script) {
    assertTrue(Files.isExecutable(Path.of(script)), script);
  }

  @Test
  void aJavaHomeThatIsNewEnoughIsKept() throws Exception {
    Path kept = jdk("kept", "27-ea");
    jdk("other", "25.0.1");
    assertEquals(new Found(0, kept.toString()), find(kept.toString()));
  }

  @Test
  void anOldJavaHomeGivesWayToTheLowestThatIsNewEnough() throws Exception {
    Path old = jdk("a-17", "17.0.15");
    jdk("b-26", "26");
    Path wanted = jdk("c 25", "25.0.1");
    assertEquals(new Found(0, wanted.toString()), find(old.toString()));
  }

  @Test
  void withoutANewEnoughJdkASentenceSaysWhatToInstall() throws Exception {
    jdk("a-17", "17.0.15");
    Found found = find("");
    assertEquals(1, found.exit());
    assertTrue(found.said().contains("needs a JDK 25 or newer"), found.said());
  }

  /// A folder that looks like a JDK of that version.
  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(places.resolve(name));
    Path javac = Files.createFile(Files.createDirectory(home.resolve("bin")).resolve("javac"));
    assertTrue(javac.toFile().setExecutable(true));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private record Found(int exit, String said) {}

  /// Sources .mvn/jdk.sh under the strictest shell options, with these places only.
  private Found find(String javaHome) throws IOException, InterruptedException {
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-eu", "-c", ". ./.mvn/jdk.sh; printf %s \"$JAVA_HOME\"");
    shell.environment().remove("HOME");
    shell
        .environment()
        .putAll(Map.of("JAVA_HOME", javaHome, "TREFOIL_JDK_PLACES", places.toString()));
    Process process = shell.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Found(process.waitFor(), said);
  }
}
