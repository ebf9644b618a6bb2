package io.trefoil.nativeimage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing is found out when an executable is built that is another when it runs.
class AtBuildTimeTest {

  private static final JavaClasses TREFOIL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.trefoil");

  private final List<String> later;

  AtBuildTimeTest() throws IOException {
    later = Metadata.initializedAtStart();
  }

  @Test
  void noStaticInitializerLooksAtTheMomentOrTheMachine() {
    assertEquals(Set.of(), new AtBuildTime(later).sins(TREFOIL));
  }

  @Test
  void protobufAndRocksDbAreInitializedWhenTheExecutableStarts() {
    assertTrue(later.contains("com.google.protobuf"));
    assertTrue(later.contains("org.rocksdb"));
    TREFOIL.stream()
        .filter(type -> type.isAssignableTo(Message.class))
        .forEach(type -> assertTrue(isLater(type.getName()), type.getName()));
  }

  @Test
  void aPackageThatIsInitializedLaterIsThere() {
    for (String name : later) {
      String folder = name.replace('.', '/');
      assertFalse(getClass().getClassLoader().resources(folder).toList().isEmpty(), name);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.System.nanoTime()",
        "java.lang.System.getenv(",
        "java.util.Random.<init>()",
        "java.nio.file.Path.toAbsolutePath()",
        "com.google.protobuf.ByteString"
      })
  void aSinIsNamed(String sin) {
    Set<String> found = sinsOf(Sinner.class);
    assertTrue(found.stream().anyMatch(line -> line.contains(sin)), () -> sin + " in " + found);
  }

  @Test
  void whatIsOnlyDoneLaterPasses() {
    assertEquals(Set.of(), sinsOf(Saint.class));
  }

  private boolean isLater(String type) {
    return later.stream().anyMatch(name -> type.startsWith(name + "."));
  }

  private Set<String> sinsOf(Class<?> type) {
    return new AtBuildTime(later).sins(new ClassFileImporter().importClasses(type));
  }

  @SuppressWarnings("unused")
  private static final class Sinner {
    private static final long START = System.nanoTime();
    private static final String HOME = home();
    private static final Random CHANCE = new Random();
    private static final Path HERE = Path.of("x").toAbsolutePath();
    private static final ByteString NOTHING = ByteString.EMPTY;

    private static String home() {
      return System.getenv("HOME");
    }
  }

  @SuppressWarnings("unused")
  private static final class Saint {
    private static final LongSupplier CLOCK = () -> System.nanoTime();
    private static final Path FOLDER = Path.of("x");
    private final Random chance = new Random();

    private static long now() {
      return System.currentTimeMillis();
    }
  }
}
