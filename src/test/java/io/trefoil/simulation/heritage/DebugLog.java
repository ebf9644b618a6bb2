package io.trefoil.simulation.heritage;

import java.util.List;
import java.util.function.Predicate;

/// A `dbg.log` as the graders' shell scripts see it: lines that are searched for words and cut at
/// single spaces.
record DebugLog(List<Entry> entries) {

  /// One line after the first that is not empty.
  record Entry(String line) {

    /// As `cut -d" " -f N` has it.
    String field(int number) {
      String[] fields = line.split(" ", -1);
      return number <= fields.length ? fields[number - 1] : "";
    }

    String address() {
      return field(2);
    }

    int tick() {
      return Integer.parseInt(field(3).replace("[", "").replace("]", ""));
    }

    /// The name in the text of an outcome.
    boolean isOf(String key) {
      return line.contains(key);
    }
  }

  static DebugLog of(String text) {
    List<String> lines = text.lines().toList();
    if (!lines.getFirst().equals("131")) {
      throw new AssertionError("the log begins with " + lines.getFirst());
    }
    return new DebugLog(
        lines.stream().skip(1).filter(line -> !line.isEmpty()).map(Entry::new).toList());
  }

  /// As `grep -i` has it.
  List<Entry> grep(String words) {
    return entries.stream()
        .filter(entry -> entry.line().toLowerCase().contains(words.toLowerCase()))
        .toList();
  }

  /// As `grep -i | grep` and a look at the time have it.
  List<Entry> grep(String words, Predicate<Entry> which) {
    return grep(words).stream().filter(which).toList();
  }
}
