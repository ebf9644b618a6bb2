package io.trefoil.simulation.heritage;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Nodes with consecutive numbers crash at the end of a tick, while messages are lost or not.
final class FailureScript implements Script {

  private static final int CRASH = 100;
  private static final int LOSS_BEGINS = 50;
  private static final int LOSS_ENDS = 300;
  private static final double LOSS = 0.1;

  private final Stage stage;
  private final RandomGenerator random;
  private final int victims;
  private final boolean lossy;

  /// @param victims how many crash
  /// @param lossy whether messages are lost
  FailureScript(Stage stage, RandomGenerator random, int victims, boolean lossy) {
    this.stage = stage;
    this.random = random;
    this.victims = victims;
    this.lossy = lossy;
  }

  @Override
  public void begins(int tick) {
    if (lossy && tick == LOSS_BEGINS) {
      stage.lose(LOSS);
    }
    if (lossy && tick == LOSS_ENDS) {
      stage.lose(0);
    }
  }

  @Override
  public void ends(int tick) {
    if (tick == CRASH) {
      int first = random.nextInt(HeritageRun.NODES - victims + 1);
      List<Integer> hosts = IntStream.range(first, first + victims).boxed().toList();
      stage.crash(hosts);
    }
  }
}
