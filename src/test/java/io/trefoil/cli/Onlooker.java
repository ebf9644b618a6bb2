package io.trefoil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trefoil.cli.client.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;

/// Asks nodes what they hold of their cluster.
final class Onlooker {

  private static final Duration SOON = Duration.ofSeconds(120);
  private static final Duration ANSWER = Duration.ofSeconds(90);

  private static final String READY = "/q/health/ready";

  private final IntFunction<String> endpoint;

  /// @param endpoint where the node of a number is asked
  Onlooker(IntFunction<String> endpoint) {
    this.endpoint = endpoint;
  }

  /// The cluster as a node sees it; missing if it does not tell.
  Optional<JsonNode> view(int node) {
    return json("cluster", node);
  }

  /// The ring as a node sees it; missing if it does not tell.
  Optional<JsonNode> ring(int node) {
    return json("ring", node);
  }

  /// What a node tells of one member; missing if it does not.
  Optional<JsonNode> member(int node, String name) {
    return view(node).stream()
        .flatMap(view -> view.path("members").valueStream())
        .filter(member -> member.path("name").asText().equals(name))
        .filter(member -> !member.path("standing").isNull())
        .findFirst();
  }

  /// Waits until each of these nodes says that the cluster is stable, that it consists of them, and
  /// that all have the same map.
  void awaitStable(List<Integer> nodes) {
    Awaitility.await()
        .alias("nodes " + nodes + " agree that they are the cluster, and that it is stable")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> agreed(nodes));
  }

  /// Waits until a node says that it is ready, or that it is not.
  void awaitReady(int node, boolean ready) {
    Awaitility.await()
        .alias("node " + node + (ready ? " is ready" : " is not ready"))
        .atMost(SOON)
        .until(() -> status(node, "GET", READY) == (ready ? 200 : 503));
  }

  /// What a node says of its readiness: the data of the check that gives a reason; missing if it
  /// does not answer.
  Optional<JsonNode> readiness(int node) {
    URI uri = URI.create(Endpoint.parse(endpoint.apply(node)) + READY);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String body = client.send(request, BodyHandlers.ofString()).body();
      return new ObjectMapper()
          .readTree(body)
          .path("checks")
          .valueStream()
          .map(check -> check.path("data"))
          .filter(data -> data.has("reason"))
          .findFirst();
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The status that a request without a body is answered with; 0 for no answer.
  int status(int node, String method, String path) {
    URI uri = URI.create(Endpoint.parse(endpoint.apply(node)) + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(ANSWER).method(method, BodyPublishers.noBody()).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException _) {
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean agreed(List<Integer> nodes) {
    TreeSet<Long> epochs = new TreeSet<>();
    for (int node : nodes) {
      Optional<JsonNode> view = view(node).filter(it -> it.path("stable").asBoolean());
      if (view.isEmpty() || !active(view.get()).equals(names(nodes))) {
        return false;
      }
      epochs.add(view.get().path("epoch").asLong());
    }
    return epochs.size() == 1;
  }

  private static TreeSet<String> active(JsonNode view) {
    TreeSet<String> names = new TreeSet<>();
    view.path("members")
        .valueStream()
        .filter(member -> member.path("standing").asText().equals("active"))
        .forEach(member -> names.add(member.path("name").asText()));
    return names;
  }

  private static TreeSet<String> names(List<Integer> nodes) {
    return new TreeSet<>(nodes.stream().map(node -> "node-" + node).toList());
  }

  private Optional<JsonNode> json(String command, int node) {
    Captured captured = new Captured();
    if (captured.run(command, "--json", "-e", endpoint.apply(node)) != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ObjectMapper().readTree(captured.out()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
