package io.trefoil.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Who may import whom, the table of docs/ARCHITECTURE.md row by row; and what the protocol and the
/// simulator must do without ([Bans]).
class PackageRulesTest {

  /// Every package under io.trefoil, and what it may import of the others. A protocol's messages
  /// live in its own package, so "messages of the one below" is that package; the runtime facade is
  /// the runtime package; and who may use a package may use the values of core.model it speaks in.
  private static final List<String> TABLE =
      """
      core.model         :
      core.machine       : core.model
      core.clock         : core.model core.machine
      core.ring          : core.model core.machine
      core.membership    : core.model core.machine core.clock core.ring
      core.map           : core.model core.machine core.clock core.ring
      core.register      : core.model core.machine core.clock core.ring core.map
      core.stabilization : core.model core.machine core.clock core.ring core.register core.map
      core.node          : core
      wire               : core
      storage            : core
      transport          : core.model core.node wire
      simulation         : core wire
      runtime            : core wire storage transport
      api                : core.model runtime
      console            : core.model runtime
      cli                : core.model runtime simulation
      """
          .lines()
          .toList();

  private static final JavaClasses TREFOIL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.trefoil");

  static List<String> table() {
    return TABLE;
  }

  @ParameterizedTest
  @MethodSource("table")
  void aPackageImportsOnlyWhatItsRowAllows(String row) {
    String[] sides = row.split(":");
    String own = sides[0].strip();
    List<String> allowed = new ArrayList<>(List.of(within(own)));
    Arrays.stream(sides.length > 1 ? sides[1].strip().split(" +") : new String[0])
        .map(PackageRulesTest::within)
        .forEach(allowed::add);

    noClasses()
        .that()
        .resideInAPackage(within(own))
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.trefoil..")
                .and(DescribedPredicate.not(resideInAnyPackage(allowed.toArray(String[]::new)))))
        .because("its row says: " + row)
        .allowEmptyShould(true)
        .check(TREFOIL);
  }

  @Test
  void everyPackageHasARow() {
    String[] rows =
        TABLE.stream().map(row -> within(row.split(":")[0].strip())).toArray(String[]::new);
    classes().should().resideInAnyPackage(rows).check(TREFOIL);
  }

  @Test
  void theCoreIsPlainJava() {
    classes()
        .that()
        .resideInAPackage("io.trefoil.core..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "io.trefoil.core..",
                    "java.lang..",
                    "java.math",
                    "java.nio",
                    "java.nio.charset",
                    "java.time..",
                    "java.util..")
                .or(resideInAPackage("org.apache.commons.codec.digest")))
        .allowEmptyShould(true)
        .check(TREFOIL);
  }

  @Test
  void onlyOneClassOfTheRingHashes() {
    List<String> hashing =
        TREFOIL.stream()
            .filter(type -> type.getPackageName().startsWith("io.trefoil.core"))
            .filter(PackageRulesTest::usesCommonsCodec)
            .map(JavaClass::getName)
            .toList();
    assertTrue(
        hashing.size() <= 1 && hashing.stream().allMatch(n -> n.startsWith("io.trefoil.core.ring")),
        () -> "commons-codec may be used by one class of core.ring, but is by " + hashing);
  }

  @ParameterizedTest
  @CsvSource({"core", "simulation"})
  void thePureHalfUsesNothingBanned(String pure) {
    for (ArchRule ban : Bans.in(within(pure))) {
      ban.check(TREFOIL);
    }
  }

  private static boolean usesCommonsCodec(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
        .anyMatch(on -> on.getTargetClass().getPackageName().startsWith("org.apache.commons"));
  }

  private static String within(String name) {
    return "io.trefoil." + name + "..";
  }
}
