package io.trefoil.core.model;

/// Where a node's peers reach it: a host and the port that both its datagram and its stream socket
/// listen on. Seeds may be given as names; addresses told by running nodes are literal.
///
/// @param host an IP literal, or a name that is resolved again for every use
/// @param port 1 to 65,535
public record Address(String host, int port) implements Comparable<Address> {

  /// Reads `host:port`; an IPv6 literal stands in brackets.
  ///
  /// @throws IllegalArgumentException with a sentence naming what is wrong
  public static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0 || colon == text.length() - 1) {
      throw new IllegalArgumentException("'" + text + "' is not of the form host:port");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return new Address(host, parsePort(text, text.substring(colon + 1)));
  }

  private static int parsePort(String text, String digits) {
    try {
      int port = Integer.parseInt(digits);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException _) {
      // Falls through to the same sentence as a number out of range.
    }
    throw new IllegalArgumentException("'" + text + "' does not end in a port from 1 to 65535");
  }

  @Override
  public int compareTo(Address other) {
    int byHost = host.compareTo(other.host);
    return byHost != 0 ? byHost : Integer.compare(port, other.port);
  }

  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
