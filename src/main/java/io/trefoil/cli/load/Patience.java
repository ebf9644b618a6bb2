package io.trefoil.cli.load;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// When to make a request again that was not done. The nodes are tried one after the other without
/// waiting; after each round comes a pause of `first * 2^round`, at most `longest`, less up to a
/// half by chance, so that many clients do not come back together.
///
/// @param limit how long to go on after the first attempt; zero for a single round
/// @param first the pause after the first round
/// @param longest the longest pause, unless a node asks for a longer one
/// @param unknownToo whether a write that may have been done is made again as well: right when
///   nobody else writes these keys
public record Patience(Duration limit, Duration first, Duration longest, boolean unknownToo) {

  private static final int MAX_SHIFT = 20;

  /// The usual pauses: 50 ms, doubling, up to 2 s.
  public static Patience of(Duration limit, boolean unknownToo) {
    return new Patience(limit, Duration.ofMillis(50), Duration.ofSeconds(2), unknownToo);
  }

  /// How long to wait after a round.
  ///
  /// @param round how many rounds came before it
  /// @param asked what a node asks to wait at least
  public Duration pause(int round, Duration asked, RandomGenerator random) {
    long doubled = first.toMillis() << Math.min(round, MAX_SHIFT);
    long bounded = Math.min(doubled, longest.toMillis());
    long jittered = bounded / 2 + random.nextLong(bounded / 2 + 1);
    return Duration.ofMillis(Math.max(jittered, asked.toMillis()));
  }
}
