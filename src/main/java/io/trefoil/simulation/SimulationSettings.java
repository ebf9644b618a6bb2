package io.trefoil.simulation;

import io.trefoil.core.model.Rule;
import io.trefoil.simulation.world.Trace;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Which run.
///
/// @param seed all its chance follows from this number
/// @param nodes how many, 1 to 10,000
/// @param scenario what is done to them
/// @param duration how long faults go on at most, in virtual time; the run ends earlier when the
///   clients have done their work
/// @param rules the rules of the register protocol in force; all of them, unless a test wants to
///   see what happens without one
/// @param depth what the trace hash is made of
public record SimulationSettings(
    long seed,
    int nodes,
    Scenario scenario,
    Duration duration,
    Set<Rule> rules,
    Trace.Depth depth) {

  /// The most nodes in one run.
  public static final int MOST_NODES = 10_000;

  private static final Duration DURATION = Duration.ofSeconds(30);

  /// Refuses numbers out of range, with a sentence naming what is wrong.
  public SimulationSettings {
    if (nodes < 1 || nodes > MOST_NODES) {
      throw new IllegalArgumentException(
          "a simulation has 1 to " + MOST_NODES + " nodes, not " + nodes);
    }
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("the duration " + duration + " is not above zero");
    }
  }

  /// A run of the whole protocol for at most half a minute.
  public static SimulationSettings of(long seed, int nodes, Scenario scenario) {
    return new SimulationSettings(seed, nodes, scenario, DURATION, Rule.ALL, Trace.Depth.OUTLINE);
  }

  /// The same with other rules.
  public SimulationSettings with(Set<Rule> others) {
    return new SimulationSettings(seed, nodes, scenario, duration, others, depth);
  }

  /// The same without the rules of these names; refuses a name that no rule has.
  public SimulationSettings without(Collection<String> names) {
    Set<Rule> others = EnumSet.copyOf(rules);
    for (String name : names) {
      if (!ruleNames().contains(name)) {
        throw new IllegalArgumentException(
            "no rule is called " + name + "; there are " + String.join(", ", ruleNames()));
      }
      others.remove(Rule.valueOf(name));
    }
    return with(others);
  }

  /// The names of all rules.
  public static List<String> ruleNames() {
    return Rule.ALL.stream().map(Rule::name).toList();
  }

  /// The same with faults for at most so long.
  public SimulationSettings with(Duration other) {
    return new SimulationSettings(seed, nodes, scenario, other, rules, depth);
  }

  /// The same with another kind of trace.
  public SimulationSettings with(Trace.Depth other) {
    return new SimulationSettings(seed, nodes, scenario, duration, rules, other);
  }

  /// The command that runs this again.
  public String command() {
    String run =
        "trefoil simulate --seed %d --nodes %d --scenario %s --duration %ds"
            .formatted(seed, nodes, scenario.label(), duration.toSeconds());
    return Rule.ALL.stream()
        .filter(rule -> !rules.contains(rule))
        .map(rule -> " --without " + rule)
        .collect(Collectors.joining("", run, ""));
  }
}
