package io.trefoil.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `./mvnw -Dnative` goes on where something can build native executables, and says what is missing
/// where nothing can.
class NativeBuilderTest {

  private static final List<String> TOOLS =
      List.of("cut", "dirname", "head", "readlink", "sed", "sort", "tr");

  @TempDir private Path folder;

  private Path path;

  /// A path on which there is neither docker nor podman nor GraalVM, whatever this machine has.
  @BeforeEach
  void toolsOfItsOwn() throws IOException {
    path = Files.createDirectory(folder.resolve("path"));
    for (String tool : TOOLS) {
      Path real =
          Stream.of("/usr/bin", "/bin")
              .map(place -> Path.of(place, tool))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow();
      script(path.resolve(tool), "exec " + real + " \"$@\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Dnative", "-Dnative=true", "-Pnative"})
  void withoutABuilderOneSentenceSaysWhatToDo(String argument) throws Exception {
    Said said = start(Map.of(), "verify", argument);
    assertEquals(1, said.exit());
    assertEquals(1, said.text().lines().count(), said.text());
    assertTrue(said.text().startsWith("Nothing here can build a native executable: "));
    assertTrue(said.text().contains("GRAALVM_HOME"), said.text());
  }

  @Test
  void whoDoesNotAskForAnExecutableNeedsNoBuilder() throws Exception {
    assertEquals(new Said(0, "on\n"), start(Map.of(), "verify", "-Dnatives"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-Dquarkus.native.sources-only=true", "-Dquarkus.native.graalvm-home=/graal"})
  void whoSaysWhereTheBuilderIsIsBelieved(String argument) throws Exception {
    assertEquals(new Said(0, "on\n"), start(Map.of(), argument, "-Dnative"));
  }

  @Test
  void aGraalVmOfTheRightVersionIsABuilder() throws Exception {
    assertEquals(1, start(Map.of("GRAALVM_HOME", graal("21.0.2")), "-Dnative").exit());
    assertEquals(0, start(Map.of("GRAALVM_HOME", graal("25.0.1")), "-Dnative").exit());
  }

  @Test
  void aGraalVmOnThePathIsABuilder() throws Exception {
    Files.createSymbolicLink(
        path.resolve("native-image"), Path.of(graal("25"), "bin", "native-image"));
    assertEquals(new Said(0, "on\n"), start(Map.of(), "-Dnative"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker", "podman"})
  void aContainerRuntimeThatAnswersIsABuilder(String runtime) throws Exception {
    script(path.resolve(runtime), "exit 1");
    assertEquals(1, start(Map.of(), "-Dnative").exit());
    script(path.resolve(runtime), "[ \"$1\" = info ]");
    assertEquals(new Said(0, "on\n"), start(Map.of(), "-Dnative"));
  }

  /// A folder that looks like a GraalVM.
  private String graal(String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve("graal-" + version));
    Files.createDirectories(home.resolve("bin"));
    script(home.resolve("bin/native-image"), "");
    script(home.resolve("bin/javac"), "");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home.toString();
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  private record Said(int exit, String text) {}

  /// Sources the scripts as mvnw does, under the strictest shell options.
  private Said start(Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    "/bin/sh", "-euc", ". ./.mvn/jdk.sh; . ./.mvn/native.sh; echo on", "mvnw"),
                Stream.of(arguments))
            .toList();
    ProcessBuilder shell = new ProcessBuilder(command).redirectErrorStream(true);
    shell.environment().remove("GRAALVM_HOME");
    shell.environment().put("PATH", path.toString());
    shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
    shell.environment().putAll(variables);
    Process process = shell.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }
}
