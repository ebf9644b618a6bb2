package io.trefoil.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/// The image of the native executable, which needs a builder to be made, starts as the chart and
/// the guide say.
class NativeEntryPointTest {

  private static final String PROGRAM = "./application";

  @Test
  void theExecutableIsStartedWithHalfOfTheMemoryForItsHeap() throws IOException {
    Properties settings = new Properties();
    settings.load(new StringReader(text("src/main/resources/application.properties")));
    assertEquals(
        List.of(PROGRAM, "-XX:MaximumHeapSizePercent=50"),
        List.of(settings.getProperty("quarkus.jib.native-entrypoint").split(",")));
  }

  @Test
  void theChartAndTheGuideNameIt() throws IOException {
    assertTrue(text("helm/trefoil/values.yaml").contains("[\"" + PROGRAM + "\"]"));
    assertTrue(text("docs/operations.md").contains("`[\"" + PROGRAM + "\"]`"));
  }

  private static String text(String file) throws IOException {
    return Files.readString(Path.of(file));
  }
}
