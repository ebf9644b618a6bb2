package io.trefoil.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./trefoil` runs what is built if it is newer than the sources, the executable before the jar,
/// and builds otherwise. Maven, Java and the executable are stand-ins that say what they were told.
class LauncherTest {

  private static final long SOURCES_MILLIS = 1_700_000_000_000L;
  private static final long OLDER = SOURCES_MILLIS - 10_000;
  private static final long NEWER = SOURCES_MILLIS + 10_000;

  @TempDir private Path home;

  @BeforeEach
  void aProject() throws IOException {
    Files.copy(Path.of("trefoil"), home.resolve("trefoil"));
    executable(home.resolve("trefoil"));
    Files.createDirectory(home.resolve(".mvn"));
    Files.copy(Path.of(".mvn/jdk.sh"), home.resolve(".mvn/jdk.sh"));
    at(SOURCES_MILLIS, Files.writeString(home.resolve("pom.xml"), ""));
    Path source = home.resolve("src/main/A.java");
    Files.createDirectories(source.getParent());
    at(SOURCES_MILLIS, Files.writeString(source, ""));
    at(SOURCES_MILLIS, source.getParent());
    Files.createDirectories(home.resolve("target/quarkus-app"));
    script("mvnw", "echo built >&2; touch target/quarkus-app/app.aot");
    script("jdk/bin/javac", "");
    script("jdk/bin/java", "echo java \"$@\"");
    Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
  }

  @Test
  void anExecutableThatIsNewerThanTheSourcesIsRun() throws Exception {
    at(NEWER, Files.writeString(home.resolve("target/quarkus-app/app.aot"), ""));
    at(NEWER, script("target/trefoil-1-runner", "echo executable \"$@\""));
    assertEquals("executable local --nodes 5\n", run("local", "--nodes", "5"));
  }

  @Test
  void anExecutableThatIsOlderThanTheSourcesIsNot() throws Exception {
    at(OLDER, script("target/trefoil-1-runner", "echo executable \"$@\""));
    at(NEWER, Files.writeString(home.resolve("target/quarkus-app/app.aot"), ""));
    assertTrue(run("local").startsWith("java "), "the executable was run");
  }

  @Test
  void theJarIsRunWithItsCache() throws Exception {
    at(NEWER, Files.writeString(home.resolve("target/quarkus-app/app.aot"), ""));
    Path app = home.toRealPath().resolve("target/quarkus-app");
    String said = run("get", "a b");
    assertTrue(said.contains(" -XX:AOTCache=" + app.resolve("app.aot") + " "), said);
    assertTrue(said.endsWith(" -jar " + app.resolve("quarkus-run.jar") + " get a b\n"), said);
  }

  @Test
  void whatIsOlderThanTheSourcesIsBuiltFirst() throws Exception {
    Path cache = Files.writeString(home.resolve("target/quarkus-app/app.aot"), "");
    at(OLDER, cache);
    assertTrue(run("local").contains("trefoil: building first"));
    assertTrue(Files.getLastModifiedTime(cache).toMillis() > NEWER);
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of(home.resolve("trefoil").toString()), Stream.of(arguments)).toList();
    ProcessBuilder launcher = new ProcessBuilder(command).redirectErrorStream(true);
    launcher.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    launcher.environment().remove("JAVA_OPTS");
    Process process = launcher.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  private Path script(String name, String body) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return executable(Files.writeString(file, "#!/bin/sh\n" + body + "\n"));
  }

  private static Path executable(Path file) {
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }

  private static void at(long millis, Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
  }
}
