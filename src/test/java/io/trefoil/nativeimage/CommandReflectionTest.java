package io.trefoil.nativeimage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// picocli finds options by reflection. Its annotation processor writes down what it will look for;
/// here it is held to the annotations in the compiled classes, read without picocli.
class CommandReflectionTest {

  private static final List<Class<? extends Annotation>> MEMBERS =
      List.of(
          CommandLine.Option.class,
          CommandLine.Parameters.class,
          CommandLine.Mixin.class,
          CommandLine.ArgGroup.class,
          CommandLine.Spec.class,
          CommandLine.ParentCommand.class,
          CommandLine.Unmatched.class);

  private static final List<Class<?>> MADE_BY_NAME =
      List.of(CommandLine.ITypeConverter.class, CommandLine.IVersionProvider.class);

  private static final JavaClasses CLI =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.trefoil.cli");

  private final Map<String, JsonNode> registered;

  CommandReflectionTest() throws IOException {
    registered =
        Metadata.commands().stream()
            .collect(Collectors.toMap(entry -> entry.path("name").asText(), Function.identity()));
  }

  @Test
  void everyCommandIsRegistered() {
    Set<String> commands = namesOf(type -> type.isAnnotatedWith(CommandLine.Command.class));
    assertFalse(commands.isEmpty());
    commands.removeAll(registered.keySet());
    assertEquals(Set.of(), commands);
  }

  @Test
  void everyConverterAndProviderCanBeMade() {
    Set<String> made = namesOf(type -> MADE_BY_NAME.stream().anyMatch(type::isAssignableTo));
    made.addAll(namesOf(type -> type.isAssignableTo(Iterable.class)));
    assertFalse(made.isEmpty());
    made.removeIf(name -> constructorsOf(name));
    assertEquals(Set.of(), made);
  }

  @Test
  void everyOptionCanBeSet() {
    Set<String> unknown = new TreeSet<>();
    int options = 0;
    for (JavaClass type : CLI) {
      for (JavaMember member : type.getMembers()) {
        if (MEMBERS.stream().anyMatch(member::isAnnotatedWith)) {
          options++;
          if (!isRegistered(type.getName(), member.getName())) {
            unknown.add(type.getName() + "." + member.getName());
          }
        }
      }
    }
    assertFalse(options == 0);
    assertEquals(Set.of(), unknown);
  }

  private boolean constructorsOf(String name) {
    JsonNode entry = registered.get(name);
    return entry != null && entry.path("allDeclaredConstructors").asBoolean();
  }

  private boolean isRegistered(String type, String member) {
    JsonNode entry = registered.get(type);
    return entry != null && (lists(entry, "fields", member) || lists(entry, "methods", member));
  }

  private static boolean lists(JsonNode entry, String kind, String member) {
    return StreamSupport.stream(entry.path(kind).spliterator(), false)
        .anyMatch(listed -> listed.path("name").asText().equals(member));
  }

  private static Set<String> namesOf(Predicate<JavaClass> wanted) {
    Set<String> names = new TreeSet<>();
    CLI.stream().filter(wanted).forEach(type -> names.add(type.getName()));
    return names;
  }
}
