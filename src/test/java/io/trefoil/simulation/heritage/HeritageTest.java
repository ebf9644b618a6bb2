package io.trefoil.simulation.heritage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The seven scenarios of the original assignment get full marks from its graders. Three seeds
/// each, or as many as `-Dtrefoil.heritage.seeds` says.
class HeritageTest {

  static Stream<Arguments> runs() {
    int seeds = Integer.getInteger("trefoil.heritage.seeds", 3);
    return Arrays.stream(HeritageScenario.values())
        .flatMap(s -> LongStream.range(0, seeds).mapToObj(seed -> Arguments.of(s, seed)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aScenarioGetsFullMarks(HeritageScenario scenario, long seed) {
    new Grader(DebugLog.of(log(scenario, seed))).grade(scenario);
  }

  @Test
  void theSameSeedIsTheSameLog() {
    String first = log(HeritageScenario.DELETE, 1);
    assertEquals(first, log(HeritageScenario.DELETE, 1));
    assertTrue(!first.equals(log(HeritageScenario.DELETE, 2)));
  }

  /// The field positions that the scripts cut out, and the spellings that they search for; here `#`
  /// stands for a number and `@` for a key.
  @Test
  void theLogIsSpeltAsTheOriginal() {
    String log = log(HeritageScenario.READ, 3);
    assertTrue(log.startsWith("131\n\n 1.0.0.0:0 [0] Node 1.0.0.0:0 joined at time 0\n "));
    List<String> shapes =
        List.of(
            "[100] CREATE OPERATION KEY: @ VALUE: value0 at time: 100",
            "[100] server: create success at time 100, transID=1, key=@, value=value0",
            "[150] READ OPERATION KEY: @ VALUE: value# at time: 150",
            "[150] coordinator: read success at time 150, transID=101, key=@, value=value#",
            "[175] Node failed at time=175",
            "[225] Node failed at time = 225",
            "[230] coordinator: read fail at time 230, transID=103, key=@",
            "[#] Node #.0.0.0:0 removed at time #",
            "[285] READ OPERATION KEY: invalidKey at time: 285",
            "[285] server: read fail at time 285, transID=106, key=invalidKey");
    for (String shape : shapes) {
      String regex = (" #.0.0.0:0 " + shape).replace("[", "\\[").replace("#", "\\d+");
      Pattern line = Pattern.compile(regex.replace("@", "\\w{5}"));
      assertTrue(log.lines().anyMatch(line.asMatchPredicate()), shape);
    }
  }

  private static String log(HeritageScenario scenario, long seed) {
    var text = new StringBuilder();
    assertEquals(List.of(), HeritageRun.run(scenario, seed, text::append));
    return text.toString();
  }
}
