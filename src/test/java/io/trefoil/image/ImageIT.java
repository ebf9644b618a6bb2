package io.trefoil.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.trefoil.cli.local.StandIns;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The container image: that it is what the chart assumes, and that it runs.
@Timeout(400)
class ImageIT {

  private static final Path CHART_VALUES = Path.of("helm/trefoil/values.yaml");
  private static final Path CHART = Path.of("helm/trefoil/Chart.yaml");
  private static final Path AOT = Path.of("src/main/docker/Dockerfile.aot");
  private static final int ENDED_BY_SIGTERM = 143;

  @TempDir private static Path folder;

  private static BuiltImage image;

  private Path data;

  @BeforeAll
  static void build() throws IOException, InterruptedException {
    image = BuiltImage.build(folder);
  }

  @BeforeEach
  void theUserOwnsTheData(@TempDir Path own) throws IOException {
    data = Files.createDirectory(own.resolve("data"));
  }

  @Test
  void theChartAndTheImageAgree() throws IOException {
    JsonNode values = new YAMLMapper().readTree(CHART_VALUES.toFile());
    JsonNode chart = new YAMLMapper().readTree(CHART.toFile());
    assertEquals(
        values.at("/image/repository").asText() + ":" + chart.path("appVersion").asText(),
        image.name());
    JsonNode user = values.path("podSecurityContext");
    assertEquals(
        user.path("runAsUser").asText() + ":" + user.path("runAsGroup").asText(),
        image.config().path("config").path("User").asText());
    List<String> plain =
        image.texts("Entrypoint").stream()
            .filter(word -> !word.startsWith("-X") && !word.startsWith("--"))
            .toList();
    assertEquals(program(), plain);
    assertEquals("/work", image.config().path("config").path("WorkingDir").asText());
    assertTrue(Files.isRegularFile(image.root().resolve("work").resolve(program().getLast())));
    assertTrue(image.texts("Env").contains("TREFOIL_NODE_DATA_DIR=/data"));
  }

  @Test
  void halfOfTheMemoryIsHeapAndARunWithoutEnoughOfItEnds() {
    assertTrue(image.texts("Entrypoint").contains("-XX:MaxRAMPercentage=50"));
    assertTrue(image.texts("Entrypoint").contains("-XX:+ExitOnOutOfMemoryError"));
  }

  @Test
  void itsLabelsSayWhatItIs() throws IOException {
    JsonNode labels = image.config().path("config").path("Labels");
    assertEquals("Trefoil", labels.path("org.opencontainers.image.title").asText());
    assertEquals("Apache-2.0", labels.path("org.opencontainers.image.licenses").asText());
    assertFalse(labels.path("org.opencontainers.image.description").asText().isBlank());
    String version = labels.path("org.opencontainers.image.version").asText();
    assertTrue(
        Files.readString(Path.of("pom.xml"))
            .contains("<artifactId>trefoil</artifactId>\n  <version>" + version + "</version>"));
  }

  @Test
  void librariesAreALayerBelowTheProgramAndNothingIsOutsideOfWork() throws IOException {
    List<String> made =
        image.config().path("history").valueStream().map(l -> l.path("comment").asText()).toList();
    assertEquals("fast-jar-lib", made.get(1));
    List<Long> sizes = new ArrayList<>();
    for (Path layer : image.layers()) {
      sizes.add(Files.size(layer));
    }
    long above = sizes.subList(2, sizes.size()).stream().mapToLong(Long::longValue).sum();
    assertTrue(sizes.get(1) > 5 * above, sizes.toString());
    List<String> base =
        List.of("bin", "data", "dev", "etc", "java", "lib", "lib64", "proc", "tmp", "usr");
    assertEquals(Stream.concat(base.stream(), Stream.of("work")).toList(), image.names());
  }

  @Test
  void aNodeServesFromAReadOnlyRootAndSigtermEndsIt() throws Exception {
    try (Container node = serve(List.of())) {
      node.stop();
      assertEquals(ENDED_BY_SIGTERM, node.exitCode(), node.log());
      assertTrue(node.log().contains("Sockets are served by NIO"), node.log());
      assertTrue(node.log().contains("trefoil stopped in"), node.log());
      assertTrue(Files.isDirectory(data.resolve("store")));
    }
  }

  @Test
  void theChartsProgramTakesTheCommandsOfTheChart() throws Exception {
    List<String> command = new ArrayList<>(program());
    command.add("--version");
    try (Container run = start(List.of(), command)) {
      assertEquals(0, run.exitCode(), run.log());
      assertTrue(run.log().startsWith("trefoil "), run.log());
    }
  }

  /// `AOTMode=on` ends a run whose cache does not fit, instead of going on without.
  @Test
  void aCacheRecordedByTheImagesOwnJavaFitsEveryRun() throws Exception {
    List<String> recording = recording();
    try (Container rehearsal = start(List.of(), inData(recording))) {
      assertEquals(0, rehearsal.exitCode(), rehearsal.log());
    }
    Path cache = data.resolve("app.aot");
    Files.move(cache, image.root().resolve("work/app.aot"));
    try {
      String flags = flags() + " -XX:AOTMode=on";
      serve(List.of("JAVA_TOOL_OPTIONS=" + flags)).close();
      List<String> command = new ArrayList<>(program());
      command.add("--version");
      try (Container run = start(List.of("JAVA_TOOL_OPTIONS=" + flags), command)) {
        assertEquals(0, run.exitCode(), run.log());
      }
    } finally {
      Files.delete(image.root().resolve("work/app.aot"));
    }
  }

  /// Starts the image as the chart does and waits until it lives.
  private Container serve(List<String> variables) throws Exception {
    int http = StandIns.freePorts(1, 1);
    List<String> command = new ArrayList<>(image.texts("Entrypoint"));
    command.addAll(List.of("serve", "--name=pod", "--http-port=" + http, "--peer-port=0"));
    Container node = start(variables, command);
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI live = URI.create("http://localhost:" + http + "/q/health/live");
      Awaitility.await()
          .atMost(Duration.ofSeconds(120))
          .ignoreExceptions()
          .until(() -> !node.isAlive() || status(client, live) == 200);
      assertTrue(node.isAlive(), node.log());
      return node;
    } catch (Throwable e) {
      node.close();
      throw e;
    }
  }

  private static int status(HttpClient client, URI uri) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()).statusCode();
  }

  private Container start(List<String> variables, List<String> command) throws Exception {
    assumeTrue(Container.isPossible(), "this user can make no namespaces");
    String user = image.config().path("config").path("User").asText();
    Shell.run(folder, "chown", user, data.toString());
    return Container.start(image, data, variables, command);
  }

  private static List<String> program() throws IOException {
    JsonNode program = new YAMLMapper().readTree(CHART_VALUES.toFile()).at("/image/program");
    return program.valueStream().map(JsonNode::asText).toList();
  }

  /// What Dockerfile.aot runs.
  private static List<String> recording() throws IOException {
    String run = line("RUN ").substring("RUN ".length());
    return new ObjectMapper().readTree(run).valueStream().map(JsonNode::asText).toList();
  }

  /// The same with its result in the one folder that outlives a container here.
  private static List<String> inData(List<String> recording) {
    Map<String, String> moved =
        Map.of("-XX:AOTCacheOutput=/tmp/app.aot", "-XX:AOTCacheOutput=/data/app.aot");
    return recording.stream().map(word -> moved.getOrDefault(word, word)).toList();
  }

  /// With what Dockerfile.aot has every run begin.
  private static String flags() throws IOException {
    String line = line("ENV JAVA_TOOL_OPTIONS=");
    return line.substring(line.indexOf('"') + 1, line.lastIndexOf('"'));
  }

  private static String line(String start) throws IOException {
    return Files.readAllLines(AOT).stream()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow();
  }
}
