package io.trefoil.nativeimage;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What static initializers do. Those of an executable run when it is built, and what they find out
/// about the moment and the machine is the same in every process that is started from it.
final class AtBuildTime {

  /// What differs from process to process or from machine to machine, by the start of a member's
  /// full name.
  private static final List<String> PASSING =
      List.of(
          "java.lang.Boolean.getBoolean(",
          "java.lang.Integer.getInteger(",
          "java.lang.Long.getLong(",
          "java.lang.Math.random(",
          "java.lang.ProcessHandle.",
          "java.lang.Runtime.",
          "java.lang.System.",
          "java.lang.Thread",
          "java.net.",
          "java.nio.channels.",
          "java.nio.charset.Charset.defaultCharset(",
          "java.nio.file.Files.",
          "java.nio.file.Path.toAbsolutePath(",
          "java.nio.file.Path.toRealPath(",
          "java.security.SecureRandom.",
          "java.time.Clock.",
          "java.time.Instant.now(",
          "java.time.LocalDate.now(",
          "java.time.LocalDateTime.now(",
          "java.time.LocalTime.now(",
          "java.time.OffsetDateTime.now(",
          "java.time.ZoneId.systemDefault(",
          "java.time.ZonedDateTime.now(",
          "java.util.Locale.getDefault(",
          "java.util.Random.",
          "java.util.SplittableRandom.",
          "java.util.TimeZone.getDefault(",
          "java.util.UUID.randomUUID(",
          "java.util.concurrent.Executors.",
          "java.util.concurrent.ForkJoinPool.",
          "java.util.concurrent.ThreadLocalRandom.",
          "java.util.random.RandomGenerator.getDefault(",
          "java.util.random.RandomGenerator.of(",
          "java.util.random.RandomGeneratorFactory.",
          "io.vertx.core.Vertx.",
          "org.eclipse.microprofile.config.ConfigProvider.");

  private final List<String> initializedLater;

  /// @param initializedLater packages whose own static initializers run when the executable starts
  AtBuildTime(List<String> initializedLater) {
    this.initializedLater = initializedLater;
  }

  /// What the static initializers of some classes must not do, one sentence each.
  Set<String> sins(Iterable<JavaClass> classes) {
    Set<String> sins = new TreeSet<>();
    for (JavaClass type : classes) {
      if (!isInitializedLater(type.getName())) {
        type.getStaticInitializer().ifPresent(initializer -> judge(initializer, sins));
      }
    }
    return sins;
  }

  /// Follows the calls within our own code. A lambda that is made is not run.
  private void judge(JavaCodeUnit initializer, Set<String> sins) {
    Set<JavaCodeUnit> seen = new HashSet<>(Set.of(initializer));
    Deque<JavaCodeUnit> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      JavaCodeUnit unit = open.poll();
      for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
        if (!access.isDeclaredInLambda()) {
          if (isSin(access)) {
            sins.add(initializer.getOwner().getName() + ": " + access.getDescription());
          }
          called(access).filter(seen::add).forEach(open::add);
        }
      }
    }
  }

  private boolean isSin(JavaAccess<?> access) {
    String target = access.getTarget().getFullName();
    return PASSING.stream().anyMatch(target::startsWith)
        || isInitializedLater(access.getTargetOwner().getName());
  }

  private boolean isInitializedLater(String type) {
    return initializedLater.stream().anyMatch(later -> type.startsWith(later + "."));
  }

  private static Stream<JavaCodeUnit> called(JavaAccess<?> access) {
    return access instanceof JavaCodeUnitAccess<?> call
        ? call.getTarget().resolveMember().map(JavaCodeUnit.class::cast).stream()
        : Stream.empty();
  }
}
