package io.trefoil.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.HdrHistogram.Histogram;

/// How benchmarks tell how long things took.
final class Latencies {

  private Latencies() {}

  /// One line for people.
  ///
  /// @param micros in microseconds
  static String line(Histogram micros) {
    return "%d, p50 %d us, p90 %d us, p99 %d us, p99.9 %d us, longest %d us"
        .formatted(
            micros.getTotalCount(),
            micros.getValueAtPercentile(50),
            micros.getValueAtPercentile(90),
            micros.getValueAtPercentile(99),
            micros.getValueAtPercentile(99.9),
            micros.getMaxValue());
  }

  /// The same for programs.
  static ObjectNode json(Histogram micros) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("count", micros.getTotalCount())
        .put("p50Micros", micros.getValueAtPercentile(50))
        .put("p90Micros", micros.getValueAtPercentile(90))
        .put("p99Micros", micros.getValueAtPercentile(99))
        .put("p999Micros", micros.getValueAtPercentile(99.9))
        .put("longestMicros", micros.getMaxValue());
  }
}
