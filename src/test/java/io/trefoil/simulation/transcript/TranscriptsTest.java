package io.trefoil.simulation.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Small scenarios with every message printed, to be read: `src/test/resources/transcripts`. Lines
/// that begin with `#` are prose, lines that begin with `>` are commands, all others what came of
/// the command above. `-Dtrefoil.transcripts=rewrite` writes the files anew; their changes are then
/// reviewed as any other text.
///
/// The layout is that of the data-driven tests of etcd's raft.
class TranscriptsTest {

  private static final Path FOLDER = Path.of("src/test/resources/transcripts");

  private static final String NODES = "> nodes ";

  static List<Path> transcripts() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void everyMessageIsAsWritten(Path file) throws IOException {
    String written = Files.readString(file);
    String happened = perform(written);
    if ("rewrite".equals(System.getProperty("trefoil.transcripts"))) {
      Files.writeString(file, happened);
    } else {
      assertEquals(written, happened, () -> file + "; -Dtrefoil.transcripts=rewrite rewrites it");
    }
  }

  private static String perform(String written) {
    List<String> header = new ArrayList<>();
    Optional<Stage> stage = Optional.empty();
    for (String line : written.lines().toList()) {
      if (line.startsWith(NODES)) {
        stage = Optional.of(new Stage(Integer.parseInt(line.substring(NODES.length()))));
      }
      if (line.startsWith("#") || line.startsWith(">") || line.isEmpty()) {
        stage.ifPresentOrElse(s -> s.recorder().add(line), () -> header.add(line));
      }
      if (line.startsWith("> ") && !line.startsWith(NODES)) {
        stage.orElseThrow().perform(line.substring(2));
      }
    }
    header.addAll(stage.orElseThrow().recorder().finish());
    return String.join("\n", header) + "\n";
  }
}
