package io.trefoil.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/// What code that must run the same way twice does without: clocks, chance, threads, I/O, logs, and
/// collections whose order changes between runs. Time is an argument there, randomness a seeded
/// generator, and a LinkedHashMap, TreeMap or EnumMap keeps an order.
final class Bans {

  /// Methods, constructors and fields, by full name; with parameters if only that overload is
  /// meant.
  private static final List<String> MEMBERS =
      List.of(
          // Clocks and surroundings.
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.System.identityHashCode",
          "java.lang.System.out",
          "java.lang.System.err",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          // Chance.
          "java.lang.Math.random",
          "java.util.Random.<init>()",
          "java.util.SplittableRandom.<init>()",
          "java.util.UUID.randomUUID",
          "java.util.Collections.shuffle(java.util.List)",
          // Orders that change between runs.
          "java.util.Map.copyOf",
          "java.util.Map.of",
          "java.util.Map.ofEntries",
          "java.util.Set.copyOf",
          "java.util.Set.of",
          "java.util.HashMap.<init>",
          "java.util.HashMap.newHashMap",
          "java.util.HashSet.<init>",
          "java.util.HashSet.newHashSet",
          "java.util.IdentityHashMap.<init>",
          "java.util.WeakHashMap.<init>",
          "java.util.stream.Collectors.groupingBy(java.util.function.Function)",
          "java.util.stream.Collectors.groupingBy(java.util.function.Function, "
              + "java.util.stream.Collector)",
          "java.util.stream.Collectors.toMap(java.util.function.Function, "
              + "java.util.function.Function)",
          "java.util.stream.Collectors.toMap(java.util.function.Function, "
              + "java.util.function.Function, java.util.function.BinaryOperator)",
          "java.util.stream.Collectors.toSet",
          "java.util.stream.Collectors.toUnmodifiableMap",
          "java.util.stream.Collectors.toUnmodifiableSet",
          // Threads.
          "java.util.Collection.parallelStream",
          "java.util.List.parallelStream");

  /// Types whose mere mention is refused, by the start of their full name.
  private static final List<String> TYPES =
      List.of(
          "io.netty.",
          "io.quarkus.",
          "io.smallrye.",
          "io.vertx.",
          "jakarta.",
          "java.io.File",
          "java.lang.System$Logger",
          "java.lang.Thread",
          "java.net.",
          "java.nio.channels.",
          "java.nio.file.",
          "java.security.SecureRandom",
          "java.time.Clock",
          "java.time.InstantSource",
          "java.util.Timer",
          "java.util.concurrent.",
          "java.util.logging.",
          "org.jboss.",
          "org.rocksdb.",
          "org.slf4j.");

  private Bans() {}

  /// The rules for the packages that match an ArchUnit pattern; empty packages pass.
  static List<ArchRule> in(String packages) {
    return List.of(
        noClasses()
            .that()
            .resideInAPackage(packages)
            .should()
            .accessTargetWhere(isOneOfMembers())
            .because("it would not run the same way twice")
            .allowEmptyShould(true),
        noClasses()
            .that()
            .resideInAPackage(packages)
            .should()
            .dependOnClassesThat(
                DescribedPredicate.describe(
                    "are of the outside world",
                    type -> TYPES.stream().anyMatch(type.getName()::startsWith)))
            .because("the seam keeps the outside world out")
            .allowEmptyShould(true));
  }

  private static DescribedPredicate<JavaAccess<?>> isOneOfMembers() {
    return DescribedPredicate.describe(
        "target is banned",
        access -> {
          String called = access.getTarget().getFullName();
          return MEMBERS.stream().anyMatch(m -> called.equals(m) || called.startsWith(m + "("));
        });
  }
}
