package io.trefoil.house;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The bans bite: each on a class that sins, none on one that does not.
class BansTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "System.nanoTime()",
        "System.currentTimeMillis()",
        "Instant.now()",
        "ThreadLocalRandom",
        "java.lang.Thread",
        "Random.<init>()",
        "Set.of(",
        "Map.copyOf(",
        "HashMap.<init>()",
        "Collectors.toSet()"
      })
  void aSinIsNamed(String sin) {
    List<String> found = violationsOf(Sinner.class);
    assertTrue(found.stream().anyMatch(line -> line.contains(sin)), () -> sin + " in " + found);
  }

  @Test
  void orderedCollectionsAndSeededChancePass() {
    assertTrue(violationsOf(Saint.class).isEmpty(), () -> violationsOf(Saint.class).toString());
  }

  private static List<String> violationsOf(Class<?> type) {
    JavaClasses one = new ClassFileImporter().importClasses(type);
    return Bans.in("io.trefoil.house..").stream()
        .flatMap(ban -> ban.evaluate(one).getFailureReport().getDetails().stream())
        .toList();
  }

  @SuppressWarnings("unused")
  private static final class Sinner {
    private final LongSupplier clock = System::nanoTime;
    private final long wall = System.currentTimeMillis() + Instant.now().getNano();
    private final int chance = ThreadLocalRandom.current().nextInt() + new Random().nextInt();
    private final Set<Integer> set = Set.of(1, 2);
    private final Map<Integer, Integer> map = Map.copyOf(new HashMap<>());
    private final Set<Integer> collected = Stream.of(1).collect(Collectors.toSet());

    private void sleep() throws InterruptedException {
      Thread.sleep(1);
    }
  }

  @SuppressWarnings("unused")
  private static final class Saint {
    private final Map<Integer, Integer> linked = new LinkedHashMap<>();
    private final Map<Integer, Integer> sorted = new TreeMap<>();
    private final Random chance = new Random(1);
    private final List<Integer> list = List.of(1, 2);
  }
}
