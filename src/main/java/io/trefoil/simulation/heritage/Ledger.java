package io.trefoil.simulation.heritage;

import io.trefoil.core.model.OperationKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What the driver asked for. It never has two operations of one kind under way on one key, so kind
/// and key tell which operation a replica means.
final class Ledger {

  private record Subject(OperationKind kind, String key) {}

  private final Map<Subject, Transaction> newest = new LinkedHashMap<>();
  private int numbers;

  /// Notes an operation under the next number.
  Transaction open(OperationKind kind, String key, Optional<String> value) {
    var transaction = new Transaction(++numbers, kind, key, value);
    newest.put(new Subject(kind, key), transaction);
    return transaction;
  }

  /// The operation of that kind that the driver asked for last on a key, if any.
  Optional<Transaction> find(OperationKind kind, String key) {
    return Optional.ofNullable(newest.get(new Subject(kind, key)));
  }
}
