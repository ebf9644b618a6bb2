package io.trefoil.cli;

import io.trefoil.simulation.Scenario;
import io.trefoil.simulation.Simulation;
import io.trefoil.simulation.SimulationSettings;
import io.trefoil.simulation.heritage.HeritageScenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `trefoil simulate`: the nodes' own code in virtual time, under faults, checked.
@Command(
    name = "simulate",
    header = "Run clusters in virtual time under faults, and check them.",
    description =
        "A run follows from its seed alone: the same seed is the same run. Several runs use all"
            + " cores, and end with the first that is violated: it is told with the command that"
            + " shows it again. The heritage"
            + " scenarios (singlefailure, ..., update) have ten nodes and 700 s, and write a log"
            + " for the graders of the original assignment.",
    footer = {
      "  trefoil simulate --seed 7",
      "  trefoil simulate --seeds 1..100 --nodes 7 --scenario splits",
      "  trefoil simulate --seeds 1..20 --duration 60s --json",
      "  trefoil simulate --seeds 0..20 --scenario lossy --without RESOLVE_BY_MEMORY",
      "  trefoil simulate --scenario create --seed 7 --log dbg.log"
    })
final class SimulateCommand implements Callable<Integer> {

  @Mixin private OutputOptions output;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many nodes. Default: ${DEFAULT-VALUE}.")
  private int nodes;

  @Option(names = "--seed", paramLabel = "SEED", description = "The run's seed. Default: 1.")
  private Long seed;

  @Option(
      names = "--seeds",
      paramLabel = "A..B",
      converter = SeedRange.Converter.class,
      description = "One run for each seed from A to B.")
  private SeedRange seeds;

  @Option(
      names = "--keep-going",
      description = "Do not stop at the first violated run; tell all their seeds.")
  private boolean keepGoing;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      defaultValue = "mayhem",
      completionCandidates = ScenarioNames.class,
      description =
          "What is done to the nodes: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private String scenario;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = Seconds.class,
      description = "How long faults go on, in virtual time. Default: ${DEFAULT-VALUE}.")
  private Duration duration;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Where a heritage scenario writes its log, over what was there.")
  private Path log;

  @Option(
      names = "--without",
      paramLabel = "RULE",
      completionCandidates = RuleNames.class,
      description =
          "A rule of the protocol to leave out, to see what breaks without it:"
              + " ${COMPLETION-CANDIDATES}.")
  private List<String> without = List.of();

  @Spec private CommandSpec spec;

  private final Console console;

  SimulateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (seed != null && seeds != null) {
      throw new Failure(ExitCode.USAGE, "--seed and --seeds are given; one of them is enough");
    }
    Optional<HeritageScenario> heritage = HeritageScenario.named(scenario);
    if (heritage.isPresent()) {
      return heritage(heritage.get()).code();
    }
    if (log != null) {
      throw new Failure(ExitCode.USAGE, "--log is for " + HeritageScenario.names());
    }
    try {
      SeedRange range = seeds == null ? SeedRange.of(seed == null ? 1 : seed) : seeds;
      SimulationRuns runs = runs(range, Scenario.named(scenario));
      tell(range, runs);
      return (runs.isClean() ? ExitCode.OK : ExitCode.REFUSED).code();
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, e.getMessage());
    }
  }

  private ExitCode heritage(HeritageScenario what) {
    for (String option : List.of("--nodes", "--duration", "--seeds", "--without")) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new Failure(
            ExitCode.USAGE, what.label() + " is one run of ten nodes and 700 s; no " + option);
      }
    }
    if (log == null) {
      throw new Failure(ExitCode.USAGE, what.label() + " writes a log: --log FILE says where");
    }
    return new HeritageLogFile(console, output).write(what, seed == null ? 1 : seed, log);
  }

  private SimulationRuns runs(SeedRange range, Scenario what) {
    SimulationRuns runs = new SimulationRuns();
    try (Progress progress = Progress.of(console, "Simulating", range.count())) {
      range
          .seeds()
          .parallel()
          .filter(_ -> keepGoing || runs.isClean())
          .forEach(
              each -> {
                runs.add(Simulation.run(settings(each, what)));
                progress.step(1);
                progress.note(() -> runs.violated() + " violated");
              });
    }
    return runs;
  }

  private SimulationSettings settings(long each, Scenario what) {
    return SimulationSettings.of(each, nodes, what).with(duration).without(without);
  }

  private void tell(SeedRange range, SimulationRuns runs) {
    if (output.json()) {
      console.json(runs.json());
    } else if (range.count() == 1) {
      console.say(runs.last().summary());
    } else {
      runs.lines().forEach(console::say);
    }
  }

  /// The scenarios' names, for the help text.
  static final class ScenarioNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return Stream.concat(Scenario.names().stream(), HeritageScenario.names().stream()).iterator();
    }
  }

  /// The rules' names, for the help text.
  static final class RuleNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return SimulationSettings.ruleNames().iterator();
    }
  }

  /// Reads whole seconds, as in `30s`.
  static final class Seconds implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})s?");

    @Override
    public Duration convert(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new TypeConversionException("'" + text + "' is not a time such as 30s");
      }
      return Duration.ofSeconds(Long.parseLong(form.group(1)));
    }
  }
}
