package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.trefoil.cli.local.StandIns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a packaged node sends to a collector of traces.
@Timeout(300)
class TracingIT {

  private static final Duration READY = Duration.ofSeconds(90);
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";

  @TempDir private Path folder;

  private final Captured captured = new Captured();
  private final Queue<Span> spans = new ConcurrentLinkedQueue<>();

  @Test
  void aRequestIsOneTraceFromItsCallerToTheVoters() throws Exception {
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    collector.createContext("/v1/traces", this::collect);
    collector.start();
    int port = StandIns.freePorts(1, 1);
    Process node = serve(port, collector.getAddress().getPort());
    try {
      Awaitility.await()
          .atMost(READY)
          .until(() -> captured.run("put", "warm", "1", "-e", "localhost:" + port) == 0);
      put(port);
      Awaitility.await().atMost(READY).until(() -> ofCaller().size() == 3);
    } finally {
      node.destroy();
      assertTrue(node.waitFor(30, TimeUnit.SECONDS));
      collector.stop(0);
    }

    Span server = child(CALLER);
    assertEquals(Span.SpanKind.SPAN_KIND_SERVER, server.getKind());
    Span operation = child(hex(server.getSpanId().toByteArray()));
    assertEquals("trefoil write", operation.getName());
    Span question = child(hex(operation.getSpanId().toByteArray()));
    assertEquals("voter accept", question.getName());
    assertTrue(spans.stream().noneMatch(span -> span.getName().contains("/q/")), spans::toString);
  }

  private Process serve(int port, int collector) throws IOException {
    return Packaged.start(
        folder.resolve("out"),
        folder.resolve("err"),
        List.of(
            "serve",
            "--name=solo",
            "--http-port=" + port,
            "--peer-port=0",
            "--data=" + folder.resolve("data"),
            "-Dtrefoil.storage.engine=memory",
            "-Dtrefoil.tracing.endpoint=http://localhost:" + collector,
            "-Dquarkus.otel.exporter.otlp.protocol=http/protobuf",
            "-Dquarkus.otel.bsp.schedule.delay=100ms"));
  }

  private static void put(int port) throws IOException, InterruptedException {
    String base = "http://localhost:" + port;
    try (HttpClient client = HttpClient.newHttpClient()) {
      var health = HttpRequest.newBuilder(URI.create(base + "/q/health/ready")).build();
      assertEquals(200, client.send(health, BodyHandlers.discarding()).statusCode());
      var put =
          HttpRequest.newBuilder(URI.create(base + "/v1/kv/apple"))
              .PUT(HttpRequest.BodyPublishers.ofString("red"))
              .header("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
              .build();
      assertEquals(204, client.send(put, BodyHandlers.discarding()).statusCode());
    }
  }

  private void collect(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody().readAllBytes());
      request.getResourceSpansList().stream()
          .flatMap(resource -> resource.getScopeSpansList().stream())
          .forEach(scope -> spans.addAll(scope.getSpansList()));
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private List<Span> ofCaller() {
    return spans.stream().filter(s -> hex(s.getTraceId().toByteArray()).equals(TRACE)).toList();
  }

  private Span child(String parent) {
    return ofCaller().stream()
        .filter(span -> hex(span.getParentSpanId().toByteArray()).equals(parent))
        .findAny()
        .orElseThrow(() -> new AssertionError("no child of " + parent + " in " + spans));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
