package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {

  private final StringWriter said = new StringWriter();
  private final CommandLine trefoil =
      new CommandLine(new Main())
          .setOut(new PrintWriter(said, true))
          .setErr(new PrintWriter(said, true));

  @Test
  void theVersionIsThatOfTheBuild() throws IOException {
    assertEquals(0, trefoil.execute("--version"));
    assertEquals("trefoil " + Main.VERSION, said.toString().strip());
    assertTrue(
        Files.readString(Path.of("pom.xml"))
            .contains(
                "<artifactId>trefoil</artifactId>\n  <version>" + Main.VERSION + "</version>"));
  }

  @Test
  void helpNamesTheSubcommands() {
    assertEquals(0, trefoil.execute("--help"));
    assertTrue(said.toString().contains("serve"), said.toString());
  }

  @Test
  void wrongUsageExitsWith2() {
    assertEquals(2, trefoil.execute("no-such-subcommand"));
  }
}
