package io.trefoil.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;

/// Tells what an answer that is no success, or a missing answer, says about the operation. Whatever
/// cannot be told apart counts as unknown: a client that repeats on a guess breaks what the store
/// keeps.
final class ProblemReader {

  private static final String PREFIX = "urn:trefoil:problem:";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ProblemReader() {}

  /// The problem an answer tells, in RFC 9457 problem JSON.
  static Problem of(URI endpoint, Call call, HttpResponse<byte[]> response) {
    JsonNode json = json(response);
    String type = json.path("type").asText("");
    if (!type.startsWith(PREFIX)) {
      return notUnderstood(endpoint, call, response.statusCode());
    }
    String name = type.substring(PREFIX.length());
    String sentence = json.path("detail").asText(json.path("title").asText(name));
    return new Problem(
        name,
        response.statusCode(),
        ending(call, Ending.of(json.path("outcome").asText(""))),
        sentence,
        retryAfter(response),
        endpoint,
        json);
  }

  /// The problem of a request that got no answer.
  static Problem of(URI endpoint, Call call, IOException thrown) {
    return switch (thrown) {
      case HttpConnectTimeoutException _ -> unreachable(endpoint, "it did not accept in time");
      case ConnectException e when e.getCause() instanceof UnresolvedAddressException ->
          unreachable(endpoint, "its host name has no address");
      case ConnectException _ -> unreachable(endpoint, "nobody listens there");
      case UnknownHostException _ -> unreachable(endpoint, "its host name has no address");
      case HttpTimeoutException _ -> noAnswer(endpoint, call, "did not answer in time");
      default -> noAnswer(endpoint, call, "broke off before it answered");
    };
  }

  private static Problem unreachable(URI endpoint, String why) {
    String sentence = endpoint + " cannot be reached: " + why;
    return onTheWay("unreachable", 0, Ending.NONE, sentence, endpoint);
  }

  private static Problem noAnswer(URI endpoint, Call call, String what) {
    Ending ending = ending(call, Ending.UNKNOWN);
    return onTheWay("no-answer", 0, ending, endpoint + " " + what, endpoint);
  }

  private static Problem notUnderstood(URI endpoint, Call call, int status) {
    Ending ending = status < 500 ? Ending.NONE : ending(call, Ending.UNKNOWN);
    String sentence = endpoint + " answered " + status + " and not as a node of Trefoil does";
    return onTheWay("not-understood", status, ending, sentence, endpoint);
  }

  private static Problem onTheWay(
      String name, int status, Ending ending, String sentence, URI endpoint) {
    return new Problem(name, status, ending, sentence, Duration.ZERO, endpoint, JSON.missingNode());
  }

  /// A read changes nothing, whatever became of it.
  private static Ending ending(Call call, Ending told) {
    return call.isRead() && told == Ending.UNKNOWN ? Ending.NONE : told;
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException _) {
      return JSON.missingNode();
    }
  }

  private static Duration retryAfter(HttpResponse<byte[]> response) {
    String seconds = response.headers().firstValue("Retry-After").orElse("");
    return seconds.matches("[0-9]{1,4}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : Duration.ZERO;
  }
}
