package io.trefoil.cli.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One request, to whichever node gets it.
///
/// @param method GET, POST, PUT, DELETE
/// @param path raw path and query, percent-encoded
/// @param headers names and values in turn
/// @param body what is sent; empty text for none
public record Call(String method, String path, List<String> headers, Optional<byte[]> body) {

  /// A request that reads.
  public static Call get(String path) {
    return new Call("GET", path, List.of(), Optional.empty());
  }

  /// A request that gives an order.
  ///
  /// @param json its body; empty text for none
  public static Call post(String path, String json) {
    Optional<byte[]> body =
        json.isEmpty() ? Optional.empty() : Optional.of(json.getBytes(StandardCharsets.UTF_8));
    return new Call("POST", path, List.of(), body);
  }

  /// A request that writes `value`.
  public static Call put(String path, byte[] value) {
    return new Call("PUT", path, List.of(), Optional.of(value));
  }

  /// A request that deletes.
  public static Call delete(String path) {
    return new Call("DELETE", path, List.of(), Optional.empty());
  }

  /// The same with one more header.
  public Call with(String header, String value) {
    List<String> more = new ArrayList<>(headers);
    more.add(header);
    more.add(value);
    return new Call(method, path, List.copyOf(more), body);
  }

  /// Whether it changes nothing, so that no answer is as good as not done.
  public boolean isRead() {
    return method.equals("GET");
  }

  /// The request to one node.
  ///
  /// @param endpoint the node
  /// @param timeout how long to wait for its answer
  /// @throws IllegalArgumentException if a header's value is not one HTTP carries
  HttpRequest to(URI endpoint, Duration timeout) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint + path))
            .timeout(timeout)
            .method(method, body.map(BodyPublishers::ofByteArray).orElse(BodyPublishers.noBody()));
    return headers.isEmpty()
        ? request.build()
        : request.headers(headers.toArray(String[]::new)).build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Call(var m, var p, var h, var b)
        && method.equals(m)
        && path.equals(p)
        && headers.equals(h)
        && Arrays.equals(body.orElse(null), b.orElse(null));
  }

  @Override
  public int hashCode() {
    return 31 * path.hashCode() + Arrays.hashCode(body.orElse(null));
  }
}
