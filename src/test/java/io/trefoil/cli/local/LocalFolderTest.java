package io.trefoil.cli.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalFolderTest {

  @TempDir private Path parent;

  @Test
  void whatARunLeavesIsThereInTheNext() throws IOException {
    Path folder = parent.resolve("a/b");
    LocalFolder.take(folder, false).close();
    Path file = Files.writeString(folder.resolve("data"), "x");
    LocalFolder.take(folder, false).close();
    assertTrue(Files.exists(file));
  }

  @Test
  void freshDeletesAllThatIsInAFolderOfOurs() throws IOException {
    Path folder = parent.resolve("ours");
    LocalFolder.take(folder, false).close();
    Files.createDirectories(folder.resolve("node-1/deep"));
    Files.writeString(folder.resolve("node-1/deep/data"), "x");
    Path outside = Files.writeString(parent.resolve("outside"), "x");
    Files.createSymbolicLink(folder.resolve("link"), outside);
    LocalFolder.take(folder, true).close();
    try (var entries = Files.list(folder)) {
      assertEquals(1, entries.count());
    }
    assertTrue(Files.exists(outside));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFolderWithFilesOfOthersIsNotTouched(boolean fresh) throws IOException {
    Path folder = Files.createDirectory(parent.resolve("theirs"));
    Path file = Files.writeString(folder.resolve("thesis"), "x");
    var refused = assertThrows(RefusedException.class, () -> LocalFolder.take(folder, fresh));
    assertTrue(refused.getMessage().startsWith(folder + " holds files that 'trefoil local'"));
    assertTrue(Files.exists(file));
    assertFalse(Files.exists(folder.resolve(LocalFolder.MARKER)));
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "x");
    assertThrows(RefusedException.class, () -> LocalFolder.take(file, false));
    assertEquals("x", Files.readString(file));
  }

  @Test
  void anEmptyFolderOfTheUserIsTaken() throws IOException {
    LocalFolder.take(Files.createDirectory(parent.resolve("empty")), true).close();
    assertTrue(Files.exists(parent.resolve("empty").resolve(LocalFolder.MARKER)));
  }

  @Test
  void aFolderInUseIsRefusedAndLeftWhole() throws IOException {
    Path folder = parent.resolve("ours");
    try (LocalFolder _ = LocalFolder.take(folder, false)) {
      Path file = Files.writeString(folder.resolve("data"), "x");
      var refused = assertThrows(RefusedException.class, () -> LocalFolder.take(folder, true));
      assertTrue(refused.getMessage().contains("in use by another"), refused.getMessage());
      assertTrue(Files.exists(file));
    }
  }
}
