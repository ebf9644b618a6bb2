package io.trefoil.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.simulation.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What came of several runs, added up as they end, in whatever order. Safe for many threads.
final class SimulationRuns {

  private static final double NANOS_PER_SECOND = 1e9;

  private final List<Report> violated = new ArrayList<>();
  private final long begun = System.nanoTime();
  private Report last;
  private long runs;
  private long events;
  private long packets;
  private long histories;
  private int beyondHelp;
  private Duration virtualTime = Duration.ZERO;

  /// Adds a run.
  synchronized void add(Report report) {
    last = report;
    runs++;
    events += report.events();
    packets += report.packets();
    histories += report.histories();
    beyondHelp += report.isBeyondHelp() ? 1 : 0;
    virtualTime = virtualTime.plus(report.virtualTime());
    if (!report.isClean()) {
      violated.add(report);
      violated.sort(Comparator.comparingLong(each -> each.settings().seed()));
    }
  }

  /// Whether nothing happened in any that must not.
  synchronized boolean isClean() {
    return violated.isEmpty();
  }

  /// In how many something did.
  synchronized int violated() {
    return violated.size();
  }

  /// The run that ended last; the one there was, if there was one.
  Report last() {
    return last;
  }

  /// What people are shown.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        ("%,d runs, %,d violated: %,d events, %,d packets, %,d histories,"
                + " %,d s of virtual time in %.1f s")
            .formatted(
                runs,
                violated.size(),
                events,
                packets,
                histories,
                virtualTime.toSeconds(),
                seconds()));
    if (beyondHelp > 0) {
      lines.add(
          "%,d runs lost a disk too many, and need not have become whole again"
              .formatted(beyondHelp));
    }
    if (!isClean()) {
      lines.add("the first violated run:");
      lines.addAll(violated.getFirst().summary().lines().toList());
      lines.add("violated seeds: " + String.join(" ", seeds()));
    }
    return lines;
  }

  /// What programs are told.
  ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("runs", runs)
            .put("violated", violated.size())
            .put("events", events)
            .put("packets", packets)
            .put("histories", histories)
            .put("beyondHelp", beyondHelp)
            .put("virtualSeconds", virtualTime.toSeconds())
            .put("seconds", seconds());
    if (runs == 1) {
      json.put("trace", "%016x".formatted(last.traceHash()));
    }
    for (Report report : violated) {
      json.withArray("violations")
          .addObject()
          .put("seed", report.settings().seed())
          .put("what", report.violations().getFirst().toString())
          .put("command", report.settings().command());
    }
    return json;
  }

  private List<String> seeds() {
    return violated.stream().map(report -> Long.toString(report.settings().seed())).toList();
  }

  private double seconds() {
    return (System.nanoTime() - begun) / NANOS_PER_SECOND;
  }
}
