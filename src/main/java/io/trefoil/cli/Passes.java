package io.trefoil.cli;

import io.trefoil.cli.load.Crew;
import io.trefoil.cli.load.Fate;
import io.trefoil.cli.load.KeyLog;
import io.trefoil.cli.load.RecordFile;
import io.trefoil.cli.load.Report;
import io.trefoil.cli.load.Step;
import io.trefoil.cli.load.TsvReader;
import io.trefoil.cli.load.Verdict;
import io.trefoil.core.model.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Goes through a file of records from its beginning to its end, under a progress bar.
///
/// @param console where the bar is drawn
/// @param file the records
/// @param clients how many records are under way at once
/// @param wanted which keys' records are taken
record Passes(Console console, Path file, int clients, Predicate<Key> wanted) {

  /// Writes the records.
  ///
  /// @param acknowledged where the keys acknowledged are written down; null for nowhere
  /// @throws IOException if a file cannot be read or written
  Report write(Step step, Path acknowledged) throws IOException, InterruptedException {
    if (acknowledged == null) {
      return pass("Writing", new Report("written"), step, _ -> {});
    }
    try (KeyLog log = KeyLog.create(acknowledged)) {
      return pass("Writing", new Report("written"), step, verdict -> note(log, verdict));
    }
  }

  /// Reads the records back.
  ///
  /// @throws IOException if the file cannot be read
  Report verify(Step step) throws IOException, InterruptedException {
    return pass("Verifying", new Report("equal"), step, _ -> {});
  }

  private Report pass(String task, Report report, Step step, Consumer<Verdict> also)
      throws IOException, InterruptedException {
    try (Progress progress = Progress.ofBytes(console, task, Files.size(file));
        TsvReader records = RecordFile.open(file, progress::step)) {
      Consumer<Verdict> done =
          verdict -> {
            also.accept(verdict);
            report.add(verdict);
            progress.note(report::soFar);
          };
      new Crew(clients, step, wanted, done).work(records);
    }
    report.finish();
    return report;
  }

  private static void note(KeyLog log, Verdict verdict) {
    if (verdict.fate() == Fate.DONE) {
      log.add(verdict.key());
    }
  }
}
