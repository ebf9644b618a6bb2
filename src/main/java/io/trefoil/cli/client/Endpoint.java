package io.trefoil.cli.client;

import java.net.URI;
import java.net.URISyntaxException;

/// Where a node's HTTP API is, as people write it.
public final class Endpoint {

  private Endpoint() {}

  /// Reads `http://host:port`, `https://host` or just `host:port`, which means http.
  ///
  /// @return scheme, host and port, without a slash at the end
  /// @throws IllegalArgumentException with a sentence naming what is wrong
  public static URI parse(String text) {
    String trimmed = text.strip();
    String full = trimmed.contains("://") ? trimmed : "http://" + trimmed;
    try {
      URI uri = new URI(full);
      check(uri, trimmed);
      return new URI(uri.getScheme() + "://" + uri.getRawAuthority());
    } catch (URISyntaxException _) {
      throw wrong(trimmed);
    }
  }

  private static void check(URI uri, String text) {
    boolean schemeKnown = uri.getScheme().equals("http") || uri.getScheme().equals("https");
    String rest = uri.getRawPath() + (uri.getRawQuery() == null ? "" : uri.getRawQuery());
    boolean bare = rest.isEmpty() || rest.equals("/");
    if (!schemeKnown || uri.getHost() == null || uri.getRawUserInfo() != null || !bare) {
      throw wrong(text);
    }
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not an endpoint; one looks like http://localhost:8080");
  }
}
