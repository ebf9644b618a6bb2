package io.trefoil.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.trefoil.runtime.Announcer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@TestProfile(FakeNode.class)
@Timeout(90)
class EventsTest {

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

  @Inject Vertx vertx;

  @Test
  void whatHappensIsToldInOrderAndEndsWithTheProcess() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var reading = follow(client);

      Announcer announcer = new Announcer(vertx);
      announcer.memberDied();
      announcer.mapAdopted(8);
      announcer.draining();

      HttpHeaders headers = reading.get(10, TimeUnit.SECONDS).headers();
      assertEquals("text/event-stream", headers.firstValue("Content-Type").get());
      assertEquals("node-a", headers.firstValue("Trefoil-Coordinator").get());
      List<String> events = lines.stream().filter(line -> line.startsWith("event:")).toList();
      assertEquals(List.of("event:member", "event:epoch", "event:draining"), events);
      JsonObject member = data(0);
      assertEquals("node-a", member.getString("node"));
      assertEquals("node-b", member.getString("name"));
      assertEquals("alive", member.getString("before"));
      assertEquals("dead", member.getString("state"));
      assertTrue(member.getString("at").endsWith("Z"), member.encode());
      assertEquals(8, data(1).getInteger("epoch"));
    }
  }

  /// What waits for a reader in the sockets and in the backlog is all there is: the rest is
  /// counted.
  @Test
  void aReaderThatDoesNotReadLosesEventsAndIsToldHowMany() throws Exception {
    int told = 100_000;
    try (Socket socket = new Socket();
        HttpClient client = HttpClient.newHttpClient()) {
      socket.setSoTimeout(20_000);
      socket.setReceiveBufferSize(4_096);
      socket.connect(new InetSocketAddress("localhost", RestAssured.port));
      String request = "GET /v1/cluster/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var reader = new BufferedReader(new InputStreamReader(socket.getInputStream()));
      while (!reader.readLine().equals(":alive")) {
        // Headers and chunk sizes.
      }
      var ending = follow(client);
      Announcer announcer = new Announcer(vertx);
      for (int epoch = 1; epoch <= told; epoch++) {
        announcer.mapAdopted(epoch);
      }
      announcer.draining();
      ending.get(30, TimeUnit.SECONDS);
      long lost = 0;
      int heard = 0;
      String line = reader.readLine();
      while (line != null && !line.equals("0")) {
        heard += line.startsWith("event:") && !line.equals("event:lost") ? 1 : 0;
        if (line.equals("event:lost")) {
          lost += new JsonObject(reader.readLine().substring(5)).getLong("events");
        }
        line = reader.readLine();
      }
      assertTrue(lost > 0, "nothing was lost of " + heard);
      long own = heard + lost - told - 1;
      assertTrue(own >= 0 && own < 20, own + " of the node's own on a slow machine");
    }
  }

  /// Reads the stream to its end; returns once it has begun.
  private CompletableFuture<HttpResponse<Stream<String>>> follow(HttpClient client) {
    var request = HttpRequest.newBuilder(URI.create(base() + "/v1/cluster/events")).build();
    var reading =
        client
            .sendAsync(request, BodyHandlers.ofLines())
            .whenComplete((response, _) -> response.body().forEach(lines::add));
    await().atMost(Duration.ofSeconds(10)).until(() -> lines.contains(":alive"));
    return reading;
  }

  private JsonObject data(int number) {
    return new JsonObject(
        lines.stream()
            .filter(line -> line.startsWith("data:"))
            .skip(number)
            .findFirst()
            .orElseThrow()
            .substring("data:".length()));
  }

  private static String base() {
    return "http://localhost:" + RestAssured.port;
  }
}
