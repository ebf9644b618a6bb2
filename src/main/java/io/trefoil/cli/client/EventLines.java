package io.trefoil.cli.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// Reads a node's server-sent events.
public final class EventLines implements AutoCloseable {

  private static final String NAME = "event:";
  private static final String DATA = "data:";

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private String name = "";

  /// Hands on each event as it comes, its name and its data, until the node ends the stream or the
  /// connection breaks.
  ///
  /// @return whether the node had a stream to read
  /// @throws InterruptedException if this thread is told to stop
  public boolean follow(URI endpoint, BiConsumer<String, String> event)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint + "/v1/cluster/events")).build();
    try {
      HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
      try (Stream<String> lines = response.body()) {
        if (response.statusCode() != 200) {
          return false;
        }
        lines.forEach(line -> take(line, event));
      }
      return true;
    } catch (IOException _) {
      return false;
    } catch (UncheckedIOException _) {
      return true;
    }
  }

  private void take(String line, BiConsumer<String, String> event) {
    if (line.startsWith(NAME)) {
      name = line.substring(NAME.length()).strip();
    } else if (line.startsWith(DATA)) {
      event.accept(name, line.substring(DATA.length()).strip());
    }
  }

  /// Ends what is under way.
  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
