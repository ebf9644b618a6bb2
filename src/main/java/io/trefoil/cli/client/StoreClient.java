package io.trefoil.cli.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/// A client of the store over HTTP/1.1, safe for many threads. Each request is sent once to each
/// node at most, and to the next node only when nothing was done at the one before: any node
/// answers any request, so which one is asked is of no matter.
public final class StoreClient implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private final HttpClient http;
  private final List<URI> endpoints;
  private final Duration timeout;

  /// A client; connections are made as needed and kept.
  ///
  /// @param endpoints the nodes to ask, in this order; at least one
  /// @param timeout how long to wait for one answer; longer than the node takes to give up itself
  public StoreClient(List<URI> endpoints, Duration timeout) {
    this.endpoints = List.copyOf(endpoints);
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  /// The nodes, in the order given.
  public List<URI> endpoints() {
    return endpoints;
  }

  /// Asks the nodes in turn until one answers, or one may have done something.
  ///
  /// @return the last node's answer
  /// @throws InterruptedException if this thread is told to stop
  public Answer ask(Call call) throws InterruptedException {
    Answer answer = ask(endpoints.getFirst(), call);
    for (URI next : endpoints.subList(1, endpoints.size())) {
      if (!(answer instanceof Answer.Failed(Problem problem)) || !problem.isWorthRepeating()) {
        return answer;
      }
      answer = ask(next, call);
    }
    return answer;
  }

  /// Asks one node once.
  ///
  /// @throws InterruptedException if this thread is told to stop
  public Answer ask(URI endpoint, Call call) throws InterruptedException {
    try {
      HttpResponse<byte[]> response =
          http.send(call.to(endpoint, timeout), BodyHandlers.ofByteArray());
      return response.statusCode() / 100 == 2
          ? new Answer.Done(endpoint, response.statusCode(), response.headers(), response.body())
          : new Answer.Failed(ProblemReader.of(endpoint, call, response));
    } catch (IOException e) {
      return new Answer.Failed(ProblemReader.of(endpoint, call, e));
    }
  }

  /// Ends what is under way and closes all connections.
  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
