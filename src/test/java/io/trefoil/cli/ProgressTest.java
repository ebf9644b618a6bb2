package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final ByteArrayOutputStream drawn = new ByteArrayOutputStream();

  @Test
  void nothingIsDrawnAndNoNoteIsMadeWhenNobodyWatches() {
    try (Progress progress = Progress.of(console(false), "Working", 2)) {
      progress.step(2);
      progress.note(
          () -> {
            throw new AssertionError("asked for a note nobody sees");
          });
    }
    assertEquals(0, drawn.size());
  }

  @Test
  void theBarEndsWithWhatWasDone() {
    try (Progress progress = Progress.of(console(true), "Working", 4)) {
      progress.step(1);
      progress.stepTo(4);
      progress.note(() -> "all well");
    }
    String text = drawn.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("Working 100%") && text.contains("4/4"), text);
    assertTrue(text.contains("all well"), text);
  }

  @Test
  void bytesAreShownInKib() {
    try (Progress progress = Progress.ofBytes(console(true), "Writing", 4096)) {
      progress.step(4096);
    }
    assertTrue(drawn.toString(StandardCharsets.UTF_8).contains("4/4 KiB"));
  }

  private Console console(boolean watched) {
    PrintStream err = new PrintStream(drawn, true, StandardCharsets.UTF_8);
    return new Console(InputStream.nullInputStream(), err, err, watched);
  }
}
