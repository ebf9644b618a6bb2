package io.trefoil.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The house rules that the formatter does not keep. A failure lists every offender.
class TidyTest {

  private static final int LONGEST_FILE = 400;
  private static final int WIDEST_LINE = 100;
  private static final Pattern POSTPONED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");
  private static final Pattern PUBLIC_TYPE =
      Pattern.compile("public .*\\b(class|interface|record|enum) .*");

  @Test
  void thereIsSourceToLookAt() {
    assertFalse(main().toList().isEmpty());
    assertFalse(all().toList().isEmpty());
  }

  @Test
  void noFileIsLongerThan400Lines() {
    assertNone(
        main()
            .filter(file -> linesOf(file).size() > LONGEST_FILE)
            .map(file -> file + ": " + linesOf(file).size() + " lines"));
  }

  @Test
  void noLineIsWiderThan100Columns() {
    assertNone(linesOfAllThat(line -> line.codePointCount(0, line.length()) > WIDEST_LINE));
  }

  @Test
  void nothingIsPostponed() {
    assertNone(linesOfAllThat(line -> POSTPONED.matcher(line).find()));
  }

  @Test
  void everyPublicTypeSaysWhatItIs() {
    assertNone(main().filter(file -> !isDocumented(linesOf(file))).map(Path::toString));
  }

  /// Whether a `///` comment stands between the imports and the type, if the type is public.
  private static boolean isDocumented(List<String> lines) {
    for (String line : lines) {
      if (line.startsWith("///")) {
        return true;
      }
      if (PUBLIC_TYPE.matcher(line).matches()) {
        return false;
      }
    }
    return true;
  }

  private static Stream<String> linesOfAllThat(Predicate<String> offend) {
    return all()
        .flatMap(
            file -> {
              List<String> lines = linesOf(file);
              return IntStream.range(0, lines.size())
                  .filter(i -> offend.test(lines.get(i)))
                  .mapToObj(i -> file + ":" + (i + 1) + ": " + lines.get(i).strip());
            });
  }

  private static void assertNone(Stream<String> offenders) {
    assertEquals("", String.join("\n", offenders.toList()));
  }

  private static Stream<Path> main() {
    return all().filter(file -> file.startsWith("src/main/java"));
  }

  /// Every Java and protobuf source, in the order of their names.
  private static Stream<Path> all() {
    try (Stream<Path> tree = Files.walk(Path.of("src"))) {
      return tree
          .filter(file -> file.toString().matches(".*\\.(java|proto)"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<String> linesOf(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
