package io.trefoil.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.runtime.DiskCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `trefoil check-disk`: reads a data directory from end to end.
@Command(
    name = "check-disk",
    header = "Look for damage in a node's data directory.",
    description =
        "Reads everything, verifies every checksum, and holds it against what a node relies on. The"
            + " node must not run; nothing is changed. Exit code 1 if anything is wrong.",
    footer = {"  trefoil check-disk /var/lib/trefoil", "  trefoil check-disk data --json"})
final class CheckDiskCommand implements Callable<Integer> {

  /// The bar's end is not known beforehand; it moves on when it is reached.
  private static final long UNKNOWN = -1;

  @Mixin private OutputOptions output;

  @Parameters(paramLabel = "DIR", description = "The node's data directory.")
  private Path directory;

  private final Console console;

  CheckDiskCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    DiskCheck check = check();
    if (output.json()) {
      console.json(json(check));
    } else {
      check.told().forEach(console::say);
      console.say(summary(check));
    }
    return (check.findings() == 0 ? ExitCode.OK : ExitCode.REFUSED).code();
  }

  private DiskCheck check() {
    try (Progress progress = Progress.of(console, "Checking", UNKNOWN)) {
      return DiskCheck.of(directory, progress::stepTo);
    } catch (IOException e) {
      throw new Failure(ExitCode.REFUSED, e.getMessage());
    }
  }

  private static String summary(DiskCheck check) {
    return "node %s, run %d, map %d: %d registers, %d bytes, %s"
        .formatted(
            check.node().orElse("unknown"),
            check.run(),
            check.epoch(),
            check.registers(),
            check.bytes(),
            check.findings() == 0 ? "nothing wrong" : check.findings() + " things wrong");
  }

  private static ObjectNode json(DiskCheck check) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("node", check.node().orElse(null))
        .put("run", check.run())
        .put("epoch", check.epoch())
        .put("registers", check.registers())
        .put("bytes", check.bytes())
        .put("findings", check.findings());
    check.damaged().forEach(json.putArray("damagedPartitions")::add);
    check.told().forEach(json.putArray("told")::add);
    return json;
  }
}
