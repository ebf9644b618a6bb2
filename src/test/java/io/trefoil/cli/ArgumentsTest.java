package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentsTest {

  private static final String ASCII = "ANSI_X3.4-1968";

  @TempDir private Path folder;

  @Test
  void anArgumentTheLocaleWouldGarbleIsRefused() throws IOException {
    Path typed = Files.writeString(folder.resolve("cmdline"), "trefoil\0get\0ключ\0");
    assertTrue(Arguments.trouble(ASCII, typed).orElseThrow().contains("LC_ALL=C.UTF-8"));
    assertEquals(Optional.empty(), Arguments.trouble("UTF-8", typed));
  }

  @Test
  void asciiArrivesInEveryLocale() throws IOException {
    Path typed = Files.writeString(folder.resolve("cmdline"), "trefoil\0get\0what?\0");
    assertEquals(Optional.empty(), Arguments.trouble(ASCII, typed));
  }

  @Test
  void whereNobodyCanTellNothingIsRefused() {
    assertEquals(Optional.empty(), Arguments.trouble(ASCII, folder.resolve("none")));
  }
}
