package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckDiskCommandTest {

  @TempDir Path folder;

  private final Captured captured = new Captured();

  @Test
  void aFolderThatIsNoNodesIsRefusedByName() {
    assertEquals(1, captured.run("check-disk", folder.toString()));
    assertEquals(
        "trefoil: The data directory " + folder + " is not a node's: it has no format file.\n",
        captured.err());
  }

  @Test
  void theRefusalIsJsonForPrograms() {
    assertEquals(1, captured.run("check-disk", folder.toString(), "--json"));
    assertTrue(captured.out().contains("it has no format file"), captured.out());
  }
}
