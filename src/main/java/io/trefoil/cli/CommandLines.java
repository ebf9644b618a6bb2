package io.trefoil.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line as a whole: which commands there are, and what becomes of what they throw.
public final class CommandLines {

  private CommandLines() {}

  /// Parses the arguments and runs the command they name.
  ///
  /// @param console where it reads and writes
  /// @return the exit code for the caller
  public static int run(Console console, String... arguments) {
    return of(console).execute(arguments);
  }

  /// The commands with their options, ready to be run.
  static CommandLine of(Console console) {
    ServeCommand serve = new ServeCommand(console);
    CommandLine line =
        new CommandLine(new TrefoilCommand(serve))
            .addSubcommand(serve)
            .addSubcommand(new LocalCommand(console))
            .addSubcommand(new PutCommand(console))
            .addSubcommand(new GetCommand(console))
            .addSubcommand(new DeleteCommand(console))
            .addSubcommand(new LoadCommand(console))
            .addSubcommand(new BackupCommand(console))
            .addSubcommand(new RestoreCommand(console))
            .addSubcommand(new ClusterCommand(console))
            .addSubcommand(new AwaitStableCommand(console))
            .addSubcommand(new RingCommand(console))
            .addSubcommand(new ExplainCommand(console))
            .addSubcommand(new PreviewCommand(console))
            .addSubcommand(new DecommissionCommand(console))
            .addSubcommand(new RecommissionCommand(console))
            .addSubcommand(new PrepareStopCommand(console))
            .addSubcommand(
                new CommandLine(new CouncilCommand())
                    .addSubcommand(new CouncilForceCommand(console)))
            .addSubcommand(new SimulateCommand(console))
            .addSubcommand(
                new CommandLine(new LabCommand(console))
                    .addSubcommand(new LabSpeedCommand(console))
                    .addSubcommand(new LabStoreCommand(console)))
            .addSubcommand(
                new CommandLine(new BenchCommand(console))
                    .addSubcommand(new BenchStoreCommand(console)))
            .addSubcommand(new CheckDiskCommand(console))
            .addSubcommand(new RehearseCommand(console));
    line.setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((e, _) -> misused(console, e))
        .setExecutionExceptionHandler((e, _, parsed) -> failed(console, e, parsed));
    line.getCommandSpec().usageMessage().exitCodeList(exitCodes());
    line.getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().usageMessage().exitCodeList(exitCodes()));
    return line;
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    Arrays.stream(ExitCode.values()).forEach(code -> codes.put(" " + code.code(), code.meaning()));
    return codes;
  }

  private static int misused(Console console, ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    console.remark(e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, e.getCommandLine().getErr());
    console.err().println("Try '" + command + " --help'.");
    return ExitCode.USAGE.code();
  }

  private static int failed(Console console, Exception thrown, ParseResult parsed) {
    if (!(thrown instanceof Failure failure)) {
      console.remark("a defect of this program; please report what follows");
      thrown.printStackTrace(console.err());
      return ExitCode.DEFECT.code();
    }
    if (wantsJson(parsed)) {
      ObjectNode json = failure.json();
      console.json(json);
    }
    console.remark(failure.getMessage());
    return failure.exitCode().code();
  }

  private static boolean wantsJson(ParseResult parsed) {
    ParseResult command = parsed;
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }
    return command.hasMatchedOption("--json");
  }
}
