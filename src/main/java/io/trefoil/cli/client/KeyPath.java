package io.trefoil.cli.client;

import io.trefoil.core.model.Key;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Where a key stands in a URL. What is not an unreserved character of RFC 3986 is percent-encoded
/// byte by byte; slashes stay in a path. Segments that a path cannot carry, because clients,
/// proxies and servers fold them away ("", ".", ".."), go into the query instead.
public final class KeyPath {

  private static final String UNRESERVED = "-._~";

  private KeyPath() {}

  /// The raw path, with a query where one is needed.
  ///
  /// @param resource what the key is looked up under, such as `/v1/kv`
  public static String of(String resource, Key key) {
    return fitsPath(key)
        ? resource + "/" + encoded(key, "/")
        : resource + "?key=" + encoded(key, "");
  }

  private static boolean fitsPath(Key key) {
    return Arrays.stream(key.text().split("/", -1))
        .noneMatch(segment -> segment.isEmpty() || segment.equals(".") || segment.equals(".."));
  }

  private static String encoded(Key key, String alsoKept) {
    StringBuilder text = new StringBuilder();
    for (byte b : key.text().getBytes(StandardCharsets.UTF_8)) {
      if (isKept((char) (b & 0xff), alsoKept)) {
        text.append((char) b);
      } else {
        text.append(String.format("%%%02X", b));
      }
    }
    return text.toString();
  }

  private static boolean isKept(char c, String alsoKept) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || UNRESERVED.indexOf(c) >= 0
        || alsoKept.indexOf(c) >= 0;
  }
}
