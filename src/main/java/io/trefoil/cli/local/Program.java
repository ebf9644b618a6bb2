package io.trefoil.cli.local;

import io.quarkus.runtime.ImageMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// How this very program is started once more: the same executable, or the same jar on the same
/// Java.
///
/// @param command what stands before the arguments
public record Program(List<String> command) {

  /// Flags a node needs from the JVM: RocksDB loads a native library, protobuf reads memory, both
  /// by intention; a serial collector is the smallest for a small heap.
  private static final List<String> JVM_FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /// Where two processors for each node are not to be had, only the quick compiler runs: the other
  /// one takes half of all time in the first minutes, and nodes wait for it. Code runs a sixth
  /// slower later (docs/decisions/0015).
  private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

  private static final String AOT_CACHE = "app.aot";

  /// The program that is running now.
  ///
  /// @param heap the largest heap of each node, as `-Xmx` takes it
  /// @param nodes how many will run on this machine
  /// @throws IllegalStateException if it runs neither as an executable nor from its jar
  public static Program ofThisProcess(String heap, int nodes) {
    List<String> command = new ArrayList<>();
    if (ImageMode.current() == ImageMode.NATIVE_RUN) {
      command.add(ProcessHandle.current().info().command().orElseThrow());
      command.add("-Xmx" + heap);
    } else {
      Path jar = jar(System.getProperty("java.class.path"));
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-Xmx" + heap);
      command.addAll(JVM_FLAGS);
      if (Runtime.getRuntime().availableProcessors() < 2 * nodes) {
        command.add(QUICK_COMPILER);
      }
      Path cache = jar.resolveSibling(AOT_CACHE);
      if (Files.exists(cache)) {
        command.add("-XX:AOTCache=" + cache);
        command.add("-Xlog:aot=off,cds=off");
      }
      command.add("-jar");
      command.add(jar.toString());
    }
    return new Program(List.copyOf(command));
  }

  /// The command that runs one node in the foreground.
  ///
  /// @param settings names and values
  public List<String> serve(Map<String, String> settings) {
    List<String> all = new ArrayList<>(command);
    all.add("serve");
    settings.forEach((name, value) -> all.add("-D" + name + "=" + value));
    return all;
  }

  /// A command as it is typed into a shell.
  public static String typed(List<String> command) {
    return command.stream().map(Program::quoted).collect(Collectors.joining(" "));
  }

  /// `java -jar X` leaves X alone on the class path.
  static Path jar(String classPath) {
    Path jar = Path.of(classPath.isEmpty() ? "." : classPath).toAbsolutePath().normalize();
    if (!classPath.endsWith(".jar") || !Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          "nodes are started from the packaged jar or the executable; build it with"
              + " './mvnw package' and run that");
    }
    return jar;
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
