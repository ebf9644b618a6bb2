package io.trefoil.api;

/// What a request line asks for, as it was sent: neither decoded nor normalised. Keys are read from
/// it, because every layer above changes something: dot segments go, double slashes are joined,
/// escapes are decoded.
///
/// @param path the path, from its first slash
/// @param query what follows the first question mark; empty without one
record RequestTarget(String path, String query) {

  /// Splits a request target, in its origin form or, as sent to a proxy, its absolute form.
  static RequestTarget of(String uri) {
    String local = uri.startsWith("/") ? uri : withoutAuthority(uri);
    int mark = local.indexOf('?');
    return mark < 0
        ? new RequestTarget(local, "")
        : new RequestTarget(local.substring(0, mark), local.substring(mark + 1));
  }

  /// Whether the path is this one, or lies under it.
  boolean isUnder(String root) {
    return path.startsWith(root)
        && (path.length() == root.length() || path.charAt(root.length()) == '/');
  }

  private static String withoutAuthority(String uri) {
    int authority = uri.indexOf("://");
    int slash = authority < 0 ? -1 : uri.indexOf('/', authority + 3);
    return slash < 0 ? uri : uri.substring(slash);
  }
}
