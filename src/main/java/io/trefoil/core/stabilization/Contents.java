package io.trefoil.core.stabilization;

import io.trefoil.core.model.Record;
import io.trefoil.core.model.Stored;
import java.util.List;

/// What was read of a copy so far.
///
/// @param keys how many of its registers hold a value
/// @param bytes about how many bytes these take
record Contents(BucketSums sums, long keys, long bytes) {

  /// Of which nothing was read yet.
  static final Contents NONE = new Contents(BucketSums.EMPTY, 0, 0);

  /// The same and some registers more.
  Contents plus(List<Stored> registers) {
    List<Stored> full =
        registers.stream()
            .filter(stored -> stored.register().record().flatMap(Record::value).isPresent())
            .toList();
    long more = full.stream().mapToLong(Stored::bytes).sum();
    return new Contents(sums.plus(registers), keys + full.size(), bytes + more);
  }
}
