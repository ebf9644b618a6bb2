package io.trefoil.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.simulation.heritage.HeritageRun;
import io.trefoil.simulation.heritage.HeritageScenario;
import io.trefoil.simulation.world.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The log of a heritage scenario, written to a file.
final class HeritageLogFile {

  private final Console console;
  private final OutputOptions output;

  HeritageLogFile(Console console, OutputOptions output) {
    this.console = console;
    this.output = output;
  }

  /// Runs a scenario and writes its log.
  ///
  /// @return refused if an invariant of the product was broken meanwhile
  ExitCode write(HeritageScenario scenario, long seed, Path log) {
    List<Violation> violations = run(scenario, seed, log);
    if (output.json()) {
      console.json(json(scenario, seed, log, violations));
    } else {
      console.say(
          "seed %d: %s, %d violations; the log is %s"
              .formatted(seed, scenario.label(), violations.size(), log));
      violations.forEach(violation -> console.say(violation.toString()));
    }
    return violations.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
  }

  private static List<Violation> run(HeritageScenario scenario, long seed, Path log) {
    try (Writer writer = Files.newBufferedWriter(log)) {
      return HeritageRun.run(scenario, seed, text -> append(writer, text));
    } catch (IOException e) {
      throw unwritable(e);
    } catch (UncheckedIOException e) {
      throw unwritable(e.getCause());
    }
  }

  private static void append(Writer writer, String text) {
    try {
      writer.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Failure unwritable(IOException why) {
    return new Failure(ExitCode.USAGE, "--log: " + FileTrouble.sentence(why));
  }

  private static ObjectNode json(
      HeritageScenario scenario, long seed, Path log, List<Violation> violations) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("scenario", scenario.label())
            .put("seed", seed)
            .put("log", log.toString());
    violations.forEach(violation -> json.withArray("violations").add(violation.toString()));
    return json;
  }
}
