package io.trefoil.simulation.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrowingSetTest {

  @Test
  void whatNobodyKnowsOfMayBeThereOrNot() {
    assertEquals(Optional.empty(), wrong("0-0", "1-0"));
    assertEquals(Optional.empty(), wrong("1-0", "0-0", "9-9"));
  }

  @Test
  void whatWasAddedAndIsNotThereIsWrong() {
    assertEquals(Optional.of("1-0 was added, but is not in the set"), wrong("0-0"));
  }

  @Test
  void whatIsThereTwiceOrWasNeverAddedIsWrong() {
    assertEquals(
        Optional.of("0-0 is in the set twice; 7-7 is in the set, but was not added"),
        wrong("0-0", "0-0", "1-0", "7-7"));
  }

  private static Optional<String> wrong(String... end) {
    return GrowingSet.wrong(List.of(end), Set.of("0-0", "1-0"), Set.of("9-9"));
  }
}
