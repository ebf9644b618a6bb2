package io.trefoil.cli.load;

/// What became of one line, and how.
///
/// @param line its number in the file
/// @param key the key; empty text if it has none
/// @param fate what became of it
/// @param why what was wrong, for a reader; empty text if nothing was
/// @param repetitions how often the request was made again
/// @param micros how long it took, repetitions and waits included
public record Verdict(long line, String key, Fate fate, String why, int repetitions, long micros) {

  /// What is told of it as an example.
  String example() {
    return "line " + line + (key.isEmpty() ? "" : " (" + key + ")") + ": " + why;
  }
}
