package io.trefoil.core.model;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;

/// A part of a partition: what one step of reading it through yields.
///
/// @param registers in the order of their keys
/// @param last whether the partition ends with them
public record Stretch(List<Stored> registers, boolean last) {

  /// Takes the first registers of a part of a partition that is held in memory.
  public static Stretch take(SortedMap<Key, Register> from, int maxBytes) {
    return take(
        from.entrySet().stream().map(e -> new Stored(e.getKey(), e.getValue())).iterator(),
        maxBytes);
  }

  /// Takes registers while they fit; at least one, if there is one.
  ///
  /// @param from the registers in the order of their keys
  /// @param maxBytes how much to take at most, about; one register alone may be larger
  public static Stretch take(Iterator<Stored> from, int maxBytes) {
    var taken = new ArrayList<Stored>();
    long bytes = 0;
    while (from.hasNext() && (taken.isEmpty() || bytes < maxBytes)) {
      Stored next = from.next();
      taken.add(next);
      bytes += next.bytes();
    }
    return new Stretch(taken, !from.hasNext());
  }
}
