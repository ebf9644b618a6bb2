package io.trefoil.cli.load;

import io.trefoil.core.model.Key;
import java.util.Arrays;

/// One line of a file of records.
public sealed interface TsvLine {

  /// Which line of the file it is, from 1.
  long number();

  /// A key and its value.
  ///
  /// @param value the bytes behind the first tab, up to the line's end, not to be changed
  record Entry(long number, Key key, byte[] value) implements TsvLine {

    @Override
    public boolean equals(Object other) {
      return other instanceof Entry(var n, var k, var v)
          && number == n
          && key.equals(k)
          && Arrays.equals(value, v);
    }

    @Override
    public int hashCode() {
      return 31 * key.hashCode() + Arrays.hashCode(value);
    }
  }

  /// A line that holds no record.
  ///
  /// @param what what is wrong with it, for a reader
  record Malformed(long number, String what) implements TsvLine {}
}
