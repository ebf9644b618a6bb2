package io.trefoil.simulation.heritage;

import io.trefoil.core.model.OperationKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/// Writes what happens as the original's `dbg.log` did, letter by letter: its graders cut lines at
/// single spaces and count.
final class HeritageLog {

  /// The sum of the characters of the original's course number, in hexadecimal.
  private static final String MAGIC = "131\n";

  private final Consumer<String> out;
  private final IntSupplier tick;

  /// @param out takes the text, piece by piece
  /// @param tick the one that it is now
  HeritageLog(Consumer<String> out, IntSupplier tick) {
    this.out = out;
    this.tick = tick;
    out.accept(MAGIC);
  }

  /// Who did its part of an operation.
  enum Role {
    COORDINATOR,
    SERVER;

    private String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// One node learnt of another, or of itself.
  void joined(int at, int whom) {
    entry(at, "Node " + address(whom) + " joined at time " + tick.getAsInt());
  }

  /// One node holds another dead.
  void removed(int at, int whom) {
    entry(at, "Node " + address(whom) + " removed at time " + tick.getAsInt());
  }

  /// Nodes crashed. The original wrote it with spaces when it were several.
  void failed(List<Integer> hosts) {
    String sign = hosts.size() > 1 ? " = " : "=";
    hosts.forEach(host -> entry(host, "Node failed at time" + sign + tick.getAsInt()));
  }

  /// The driver asks a node.
  void asked(int coordinator, Transaction transaction) {
    String kind = transaction.kind().name();
    String value = transaction.value().map(text -> " VALUE: " + text).orElse("");
    entry(
        coordinator,
        kind + " OPERATION KEY: " + transaction.key() + value + " at time: " + tick.getAsInt());
  }

  /// A node did its part of an operation, or could not.
  ///
  /// @param value what it wrote, was to write, or read
  void ended(
      int host, Role role, Transaction transaction, boolean success, Optional<String> value) {
    OperationKind kind = transaction.kind();
    boolean told = kind != OperationKind.DELETE && (success || kind != OperationKind.READ);
    entry(
        host,
        "%s: %s %s at time %d, transID=%d, key=%s%s"
            .formatted(
                role.label(),
                kind.label(),
                success ? "success" : "fail",
                tick.getAsInt(),
                transaction.number(),
                transaction.key(),
                value.filter(_ -> told).map(text -> ", value=" + text).orElse("")));
  }

  private void entry(int host, String text) {
    out.accept("\n " + address(host) + " [" + tick.getAsInt() + "] " + text);
  }

  private static String address(int host) {
    return host + 1 + ".0.0.0:0";
  }
}
