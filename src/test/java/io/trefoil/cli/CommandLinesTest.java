package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLinesTest {

  private static final Pattern EMPTY_SECTION = Pattern.compile("\\n\\S[^\\n]*:\\n(\\n|$)");

  private final Captured captured = new Captured();

  /// What a person is shown; the build's own commands are hidden.
  static List<String> commands() {
    return CommandLines.of(new Captured().console()).getSubcommands().values().stream()
        .filter(command -> !command.getCommandSpec().usageMessage().hidden())
        .map(CommandLine::getCommandName)
        .toList();
  }

  @Test
  void theVersionIsThatOfTheBuild() throws IOException {
    assertEquals(0, captured.run("--version"));
    assertTrue(captured.out().startsWith("trefoil " + Main.VERSION + "\non Java 2"));
    assertTrue(
        Files.readString(Path.of("pom.xml"))
            .contains(
                "<artifactId>trefoil</artifactId>\n  <version>" + Main.VERSION + "</version>"));
  }

  @Test
  void theRootNamesEveryCommand() {
    assertEquals(0, captured.run("--help"));
    commands().forEach(name -> assertTrue(captured.out().contains("\n  " + name + " "), name));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHelpsWithArgumentsExitCodesAndExamples(String command) {
    assertEquals(0, captured.run(command, "--help"));
    String help = captured.out();
    assertTrue(help.contains("Usage: trefoil " + command), help);
    assertTrue(help.contains("\n   4    unknown"), help);
    assertTrue(help.contains("\nExamples:\n  trefoil " + command), help);
    assertTrue(!EMPTY_SECTION.matcher(help).find(), help);
  }

  /// Those that do something, and of those that only group others the others.
  static List<String> deeds() {
    return CommandLines.of(new Captured().console()).getSubcommands().values().stream()
        .filter(command -> !command.getCommandSpec().usageMessage().hidden())
        .flatMap(
            command ->
                command.getCommand() instanceof Callable<?>
                    ? Stream.of(command)
                    : command.getSubcommands().values().stream())
        .map(command -> command.getCommandSpec().qualifiedName().replaceFirst("trefoil ", ""))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("deeds")
  void everyCommandTellsResultsToProgramsToo(String command) {
    captured.run((command + " --help").split(" "));
    assertTrue(captured.out().contains("--json"), captured.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-such-command",
        "get",
        "get a b",
        "get a --no-such-option",
        "get a --timeout soon",
        "get a --timeout 0",
        "get a --endpoint ftp://localhost",
        "get a --consistency eventual",
        "put a b --file c",
        "put a --file no/such/file",
        "load no/such/file",
        "load pom.xml --clients 0",
        "load pom.xml --patience -1",
        "local --nodes 0",
        "local --nodes 21",
        "local --http-port 65534",
        "local --peer-port 0",
        "local --patience 0"
      })
  void whatCannotBeUsedExitsWith2AndSaysWhyInOneSentence(String line) {
    assertEquals(2, captured.run(line.split(" ")));
    assertEquals("", captured.out());
    assertTrue(captured.err().startsWith("trefoil: "), captured.err());
    assertTrue(captured.err().lines().count() <= 3, captured.err());
  }

  @Test
  void aMistypedCommandIsAnsweredWithTheNearest() {
    captured.run("clutser");
    assertTrue(captured.err().contains("trefoil cluster"), captured.err());
  }

  @Test
  void aKeyThatIsNoneIsNamedBeforeAnythingIsSent() {
    assertEquals(2, captured.run("get", "k".repeat(513)));
    assertTrue(captured.err().contains("the key has 513 bytes"), captured.err());
  }
}
