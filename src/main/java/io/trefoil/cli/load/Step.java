package io.trefoil.cli.load;

/// What is done with each record: written, or read back.
@FunctionalInterface
public interface Step {

  /// Does it.
  ///
  /// @return what became of it
  /// @throws InterruptedException if this thread is told to stop
  Verdict apply(TsvLine.Entry entry) throws InterruptedException;
}
