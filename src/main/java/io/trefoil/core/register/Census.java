package io.trefoil.core.register;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stored;
import java.util.LinkedHashMap;
import java.util.Map;

/// How much a node keeps, about: counted along with what is written, and put right whenever a copy
/// was read through. A node that was just started has counted nothing yet.
final class Census {

  private static final Amount NOTHING = new Amount(0, 0);

  private final Map<Integer, Amount> byPartition = new LinkedHashMap<>();
  private Amount total = NOTHING;

  private record Amount(long keys, long bytes) {

    Amount plus(Amount other) {
      return new Amount(keys + other.keys, bytes + other.bytes);
    }

    Amount minus(Amount other) {
      return new Amount(keys - other.keys, bytes - other.bytes);
    }
  }

  /// A register goes from one state to another.
  void change(int partition, Key key, Register before, Register after) {
    Amount held = byPartition.getOrDefault(partition, NOTHING);
    replace(partition, held.minus(amount(key, before)).plus(amount(key, after)));
  }

  /// A copy was read through.
  void count(int partition, long keys, long bytes) {
    replace(partition, new Amount(keys, bytes));
  }

  /// A copy is gone.
  void clear(int partition) {
    replace(partition, NOTHING);
  }

  /// How many keys have a value here.
  long keys() {
    return Math.max(0, total.keys);
  }

  /// About how many bytes these take.
  long bytes() {
    return Math.max(0, total.bytes);
  }

  private void replace(int partition, Amount amount) {
    Amount before = byPartition.put(partition, amount);
    total = total.minus(before == null ? NOTHING : before).plus(amount);
  }

  private static Amount amount(Key key, Register register) {
    return register.record().flatMap(Record::value).isPresent()
        ? new Amount(1, new Stored(key, register).bytes())
        : NOTHING;
  }
}
