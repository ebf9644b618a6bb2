package io.trefoil.cli.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.cli.ExitCode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// What became of all lines, counted as they come in. Safe for many threads.
public final class Report {

  /// How many examples are kept of each fate.
  public static final int EXAMPLES = 5;

  private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);
  private static final double MICROS_PER_MILLI = 1000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final String participle;
  private final Map<Fate, Long> counts = new EnumMap<>(Fate.class);
  private final Map<Fate, List<String>> examples = new EnumMap<>(Fate.class);
  private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
  private final long begun = System.nanoTime();
  private long nanos;
  private long repetitions;

  /// A report with nothing in it; its clock starts now.
  ///
  /// @param participle what becomes of a record when all goes well, such as `written`
  public Report(String participle) {
    this.participle = participle;
  }

  /// Counts one line.
  public synchronized void add(Verdict verdict) {
    counts.merge(verdict.fate(), 1L, Long::sum);
    repetitions += verdict.repetitions();
    if (verdict.fate() == Fate.DONE) {
      micros.recordValue(Math.min(verdict.micros(), LONGEST_MICROS));
      return;
    }
    List<String> kept = examples.computeIfAbsent(verdict.fate(), _ -> new ArrayList<>());
    if (kept.size() < EXAMPLES) {
      kept.add(verdict.example());
    }
  }

  /// Stops the clock.
  public synchronized void finish() {
    nanos = System.nanoTime() - begun;
  }

  /// How many lines had this fate.
  public synchronized long count(Fate fate) {
    return counts.getOrDefault(fate, 0L);
  }

  /// The worst that happened, as an exit code.
  public synchronized ExitCode exitCode() {
    ExitCode worst = ExitCode.OK;
    for (Fate fate : counts.keySet()) {
      worst = fate.exitCode();
    }
    return worst;
  }

  /// One line for a progress bar.
  public synchronized String soFar() {
    long done = count(Fate.DONE);
    return String.format("%,d records, %,.0f/s", done, done / seconds());
  }

  /// What people are shown at the end.
  public synchronized List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%,d records %s in %.1f s: %,.0f/s, p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
            count(Fate.DONE),
            participle,
            seconds(),
            count(Fate.DONE) / seconds(),
            millis(micros.getValueAtPercentile(50)),
            millis(micros.getValueAtPercentile(99)),
            millis(micros.getMaxValue())));
    if (repetitions > 0) {
      lines.add(String.format("%,d requests were made again", repetitions));
    }
    examples.forEach((fate, kept) -> addFailures(lines, fate, kept));
    return lines;
  }

  /// What programs are told at the end.
  public synchronized ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("seconds", seconds())
            .put("recordsPerSecond", count(Fate.DONE) / seconds())
            .put("p50Ms", millis(micros.getValueAtPercentile(50)))
            .put("p99Ms", millis(micros.getValueAtPercentile(99)))
            .put("maxMs", millis(micros.getMaxValue()))
            .put("repetitions", repetitions);
    for (Fate fate : Fate.values()) {
      json.put(fate == Fate.DONE ? participle : fate.word(), count(fate));
    }
    ObjectNode told = json.putObject("examples");
    examples.forEach((fate, kept) -> kept.forEach(told.withArray(fate.word())::add));
    return json;
  }

  private void addFailures(List<String> lines, Fate fate, List<String> kept) {
    lines.add(String.format("%,d %s:", count(fate), fate.word()));
    kept.forEach(example -> lines.add("  " + example));
    if (count(fate) > kept.size()) {
      lines.add(String.format("  and %,d more", count(fate) - kept.size()));
    }
  }

  private double seconds() {
    long elapsed = nanos == 0 ? System.nanoTime() - begun : nanos;
    return Math.max(elapsed, 1) / NANOS_PER_SECOND;
  }

  private static double millis(long micros) {
    return micros / MICROS_PER_MILLI;
  }
}
