package io.trefoil.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// A node as far as a client can tell: keeps values by their raw path, and answers what a test
/// tells it to answer before it goes on.
public final class StandInStore implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, byte[]> values = new ConcurrentHashMap<>();
  private final Queue<Reply> scripted = new ArrayDeque<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  /// What to answer instead of the usual.
  ///
  /// @param status the HTTP status; 0 breaks the connection off
  /// @param type the media type
  /// @param body the answer
  public record Reply(int status, String type, String body) {

    /// Problem JSON as a node of the store writes it.
    public static Reply problem(int status, String name, String outcome, String detail) {
      String json =
          """
          {"type":"urn:trefoil:problem:%s","title":"-","status":%d,"detail":"%s","outcome":"%s",
           "missing":["node-2","node-3"]}
          """;
      String body = json.formatted(name, status, detail, outcome);
      return new Reply(status, "application/problem+json", body);
    }

    /// A broken connection.
    public static Reply none() {
      return new Reply(0, "", "");
    }
  }

  /// A store on a free port.
  public StandInStore() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /// Where it is.
  public String endpoint() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /// The next request is answered so, and the one after it by the next of these.
  public void next(Reply reply) {
    synchronized (scripted) {
      scripted.add(reply);
    }
  }

  /// What it keeps, by raw path and query.
  public Map<String, byte[]> values() {
    return values;
  }

  /// What it was asked: method, raw path and query, and the headers that matter, in turn.
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      requests.add(described(exchange));
      Reply reply = scripted();
      if (reply == null) {
        usual(exchange, body);
      } else if (reply.status() != 0) {
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        answer(exchange, reply.status(), reply.body().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply scripted() {
    synchronized (scripted) {
      return scripted.poll();
    }
  }

  private void usual(HttpExchange exchange, byte[] body) throws IOException {
    String at = exchange.getRequestURI().toString();
    exchange.getResponseHeaders().set("ETag", "\"v1\"");
    exchange.getResponseHeaders().set("Trefoil-Coordinator", "node-1");
    exchange.getResponseHeaders().set("Trefoil-Epoch", "1");
    switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        boolean isNew = values.put(at, body) == null;
        boolean creates = exchange.getRequestHeaders().containsKey("If-None-Match");
        answer(exchange, isNew && creates ? 201 : 204, new byte[0]);
      }
      case "DELETE" -> removed(exchange, values.remove(at));
      default -> found(exchange, values.get(at));
    }
  }

  private static void removed(HttpExchange exchange, byte[] value) throws IOException {
    if (value == null) {
      missing(exchange);
    } else {
      answer(exchange, 204, new byte[0]);
    }
  }

  private static void found(HttpExchange exchange, byte[] value) throws IOException {
    if (value == null) {
      missing(exchange);
    } else {
      exchange.getResponseHeaders().set("Content-Type", "text/plain");
      answer(exchange, 200, value);
    }
  }

  private static void missing(HttpExchange exchange) throws IOException {
    Reply missing = Reply.problem(404, "not-found", "refused", "The key has no value.");
    exchange.getResponseHeaders().set("Content-Type", missing.type());
    answer(exchange, 404, missing.body().getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static String described(HttpExchange exchange) {
    StringBuilder text = new StringBuilder(exchange.getRequestMethod());
    text.append(' ').append(exchange.getRequestURI());
    for (String name : List.of("If-Match", "If-None-Match", "Content-Type")) {
      String value = exchange.getRequestHeaders().getFirst(name);
      text.append(value == null ? "" : " " + name + "=" + value);
    }
    return text.toString();
  }
}
