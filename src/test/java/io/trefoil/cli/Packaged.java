package io.trefoil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The packaged program: the native executable if the build made one, else the jar.
public final class Packaged {

  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();

  /// Made by the build, unless told not to; a start goes without it then.
  private static final Path CACHE = JAR.resolveSibling("app.aot");

  private Packaged() {}

  /// Starts it; what it prints goes to two files.
  public static Process start(Path out, Path err, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(command());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start();
  }

  /// The same with a limit on the size of each file that it writes, as a disk that fills sets one.
  ///
  /// @param limitKib in KiB
  static Process startLimited(int limitKib, Path out, Path err, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("bash", "-c", "ulimit -f " + limitKib + "; exec \"$@\"", "limited"));
    command.addAll(command());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start();
  }

  /// One node of several on this machine: with a small heap and the quick compiler, as `trefoil
  /// local` starts it. All it prints goes to one file.
  ///
  /// @param prefix what stands before the command, such as what puts it into another network
  static Process startNode(List<String> prefix, Path log, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    List<String> program = command();
    command.add(program.getFirst());
    command.add("-Xmx256m");
    if (program.size() > 1) {
      command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
      command.addAll(cache());
    }
    command.addAll(program.subList(1, program.size()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static List<String> cache() {
    return Files.exists(CACHE)
        ? List.of("-XX:AOTCache=" + CACHE, "-Xlog:aot=off,cds=off")
        : List.of();
  }

  private static List<String> command() {
    Path executable = Path.of(System.getProperty("native.image.path", ""));
    if (Files.isRegularFile(executable) && Files.isExecutable(executable)) {
      return List.of(executable.toString());
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-jar",
        JAR.toString());
  }
}
