package io.trefoil.cli;

/// Version tags as people type them: a shell eats the quotes that HTTP asks for.
final class EntityTag {

  private EntityTag() {}

  /// The tag as HTTP wants it: `*` as it is, everything else in quotes.
  static String quoted(String typed) {
    return typed.equals("*") || typed.startsWith("\"") || typed.startsWith("W/")
        ? typed
        : "\"" + typed + "\"";
  }

  /// The tag without its quotes, as it is shown and may be typed back.
  static String bare(String header) {
    boolean inQuotes = header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"");
    return inQuotes ? header.substring(1, header.length() - 1) : header;
  }
}
