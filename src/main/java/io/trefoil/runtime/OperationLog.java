package io.trefoil.runtime;

import io.trefoil.core.machine.Event;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Version;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/// Writes one line for each operation at its coordinator and at each of its replicas:
///
/// ```
/// role=replica op=create outcome=success key=a partition=17 version=1.2.3.4 node=n1 micros=341
/// role=coordinator op=create outcome=success key=a partition=17 version=1.2.3.4 node=n1 micros=812
/// ```
///
/// `outcome` is success, fail or unknown; `micros` are those from the request to the answer. Keys
/// are escaped as in a URL, so that a line has no spaces or line ends but its own. `version` is `-`
/// where there is none. Values are never logged.
final class OperationLog implements Watcher {

  /// The logger's category.
  static final String CATEGORY = "io.trefoil.operations";

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private final String node;
  private final ToIntFunction<Key> partitionOf;
  private final Consumer<String> lines;

  /// A log of one node.
  ///
  /// @param node its name
  /// @param partitionOf where keys lie; -1 while nobody knows
  /// @param lines takes each line, quickly
  OperationLog(String node, ToIntFunction<Key> partitionOf, Consumer<String> lines) {
    this.node = node;
    this.partitionOf = partitionOf;
    this.lines = lines;
  }

  @Override
  public void ended(long number, Request request, Outcome outcome, long nanos) {
    Key key = request.operation().key();
    StringBuilder line = new StringBuilder(192);
    line.append("role=coordinator op=").append(request.operation().kind().label());
    line.append(" outcome=").append(label(outcome));
    appendKey(line, key, partitionOf.applyAsInt(key), version(outcome));
    line.append(" micros=").append(nanos / 1_000);
    lines.accept(line.toString());
  }

  @Override
  public void happened(Event event) {
    if (event instanceof Event.ReplicaServed served) {
      StringBuilder line = new StringBuilder(192);
      line.append("role=replica op=").append(served.kind().label());
      line.append(" outcome=").append(served.success() ? "success" : "fail");
      appendKey(line, served.key(), served.partition(), served.record().map(Record::version));
      line.append(" micros=").append(served.nanos() / 1_000);
      lines.accept(line.toString());
    }
  }

  private void appendKey(StringBuilder line, Key key, int partition, Optional<Version> version) {
    line.append(" key=");
    escape(key, line);
    line.append(" partition=").append(partition);
    line.append(" version=").append(version.map(Version::tag).orElse("-"));
    line.append(" node=").append(node);
  }

  /// An outcome's name in logs and metrics.
  static String label(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Found(var record) -> record.isPresent() ? "success" : "fail";
      case Outcome.Done _, Outcome.Inspected _ -> "success";
      case Outcome.Refused _, Outcome.NotDone _ -> "fail";
      case Outcome.Unknown _ -> "unknown";
    };
  }

  private static Optional<Version> version(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Found(var record) -> record.map(Record::version);
      case Outcome.Done(var version, _) -> Optional.of(version);
      case Outcome.Refused(var current) -> current.map(Record::version);
      case Outcome.Inspected _, Outcome.NotDone _, Outcome.Unknown _ -> Optional.empty();
    };
  }

  private static void escape(Key key, StringBuilder line) {
    for (byte octet : key.utf8()) {
      if (isPlain(octet)) {
        line.append((char) octet);
      } else {
        line.append('%').append(HEX[octet >> 4 & 0xf]).append(HEX[octet & 0xf]);
      }
    }
  }

  private static boolean isPlain(byte octet) {
    return octet > ' ' && octet < 0x7f && octet != '%' && octet != '"';
  }
}
