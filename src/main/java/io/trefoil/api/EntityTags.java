package io.trefoil.api;

import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Version;
import java.util.ArrayList;
import java.util.List;

/// What an If-Match or If-None-Match header names (RFC 9110 §8.8.3): any value at all, or the
/// values that certain writes made.
///
/// @param any whether it is `*`
/// @param tags what it lists otherwise, in order, at least one
record EntityTags(boolean any, List<Tag> tags) {

  /// One entity tag.
  ///
  /// @param weak whether it stands for "good enough", `W/"..."`, as proxies make of ours
  /// @param opaque what stands between the quotes
  record Tag(boolean weak, String opaque) {}

  /// Never drawn, so no value was made by it: what a well-formed tag of no store of ours stands
  /// for.
  private static final Version OF_NO_WRITE = new Version(Ballot.ZERO);

  /// Reads a header.
  ///
  /// @param header its name, for the sentence
  /// @param lines its values, one for each time it is given
  /// @throws Refusal with a sentence naming what is garbled
  static EntityTags parse(String header, List<String> lines) {
    String text = String.join(",", lines).strip();
    if (text.equals("*")) {
      return new EntityTags(true, List.of());
    }
    var tags = new ArrayList<Tag>();
    int at = 0;
    while (at < text.length()) {
      at = skip(text, at);
      if (at < text.length()) {
        at = readTag(header, text, at, tags);
      }
    }
    if (tags.isEmpty()) {
      throw garbled(header, text);
    }
    return new EntityTags(false, List.copyOf(tags));
  }

  /// How a version is written as an entity tag.
  static String write(Version version) {
    return '"' + version.tag() + '"';
  }

  /// The versions it lists. A tag that this store never made becomes one that no value has.
  List<Version> versions() {
    return tags.stream().map(tag -> versionOf(tag.opaque())).toList();
  }

  /// Whether any of them is weak.
  boolean hasWeak() {
    return tags.stream().anyMatch(Tag::weak);
  }

  private static int readTag(String header, String text, int start, List<Tag> tags) {
    boolean weak = text.startsWith("W/", start);
    int quote = weak ? start + 2 : start;
    int end = quote < text.length() ? text.indexOf('"', quote + 1) : -1;
    if (end < 0 || text.charAt(quote) != '"' || !isSeparator(text, end + 1)) {
      throw garbled(header, text);
    }
    tags.add(new Tag(weak, text.substring(quote + 1, end)));
    return end + 1;
  }

  /// Past commas and blanks.
  private static int skip(String text, int from) {
    int at = from;
    while (at < text.length() && isSeparator(text, at)) {
      at++;
    }
    return at;
  }

  private static boolean isSeparator(String text, int at) {
    return at >= text.length() || ", \t".indexOf(text.charAt(at)) >= 0;
  }

  private static Version versionOf(String opaque) {
    try {
      return Version.parse(opaque);
    } catch (IllegalArgumentException _) {
      return OF_NO_WRITE;
    }
  }

  private static Refusal garbled(String header, String text) {
    return Refusal.badRequest(
        "The header "
            + header
            + " is '"
            + text
            + "', neither * nor a list of entity tags in double quotes.");
  }
}
