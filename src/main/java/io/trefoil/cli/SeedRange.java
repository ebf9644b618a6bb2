package io.trefoil.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Seeds from one number to another, as in `1..100`, both included.
///
/// @param first the first seed
/// @param last the last, not below the first
record SeedRange(long first, long last) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\.\\.(\\d{1,18})");

  /// One seed alone.
  static SeedRange of(long seed) {
    return new SeedRange(seed, seed);
  }

  /// Reads `A..B`.
  ///
  /// @throws IllegalArgumentException with a sentence if it is of another form, or goes backwards
  static SeedRange parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not of the form 1..100");
    }
    SeedRange range = new SeedRange(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)));
    if (range.last() < range.first()) {
      throw new IllegalArgumentException("'" + text + "' goes backwards");
    }
    return range;
  }

  /// How many there are.
  long count() {
    return last - first + 1;
  }

  /// The seeds in order.
  LongStream seeds() {
    return LongStream.rangeClosed(first, last);
  }

  /// Reads a range from the command line.
  static final class Converter implements ITypeConverter<SeedRange> {

    @Override
    public SeedRange convert(String text) {
      try {
        return parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
