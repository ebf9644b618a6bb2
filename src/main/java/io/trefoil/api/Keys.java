package io.trefoil.api;

import io.trefoil.core.model.Key;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/// How a key is written in a request target: after the root, each escape decoded once and
/// everything else as it stands; or, for what a path cannot carry, as the parameter `key`.
///
/// Clients, proxies and servers may drop the segments `.` and `..` and empty ones on the way. Such
/// a path is refused rather than taken at its word: the same request through a proxy would reach
/// another key.
final class Keys {

  /// The name of the query parameter.
  static final String PARAMETER = "key";

  private Keys() {}

  /// Reads the key that a target names.
  ///
  /// @param root the path under which keys stand, without a slash at its end
  /// @throws Refusal if it names none, or two, or what is no key
  static Key parse(RequestTarget target, String root, QueryParameters parameters) {
    if (!target.isUnder(root)) {
      throw new Refusal(
          Problem.of(
              ProblemKind.NO_SUCH_PATH,
              "Nothing is at '%s'; keys stand under %s, written so."
                  .formatted(target.path(), root)));
    }
    boolean inPath = target.path().length() > root.length();
    boolean inQuery = parameters.values().containsKey(PARAMETER);
    if (inPath && inQuery) {
      throw Refusal.badRequest("The key is given twice: in the path and as the parameter 'key'.");
    }
    if (!inPath && !inQuery) {
      throw Refusal.badRequest(
          "Name a key: %s/KEY, or %s?key=KEY. This version does not list keys yet."
              .formatted(root, root));
    }
    return inPath
        ? key(() -> decodePath(target, root))
        : key(() -> parameters.get(PARAMETER).orElseThrow());
  }

  /// Refuses a path that names no key, as [#parse] does, whatever the query.
  ///
  /// @throws Refusal with a sentence about what is wrong with the path
  static void checkPath(RequestTarget target, String root) {
    if (target.path().length() > root.length()) {
      key(() -> decodePath(target, root));
    }
  }

  /// Writes a key as a target that [#parse] reads back, whatever a client or proxy normalises.
  static String write(Key key, String root) {
    String[] segments = key.text().split("/", -1);
    boolean survives = Arrays.stream(segments).map(Keys::fragility).allMatch(Optional::isEmpty);
    if (!survives) {
      return root + "?" + PARAMETER + "=" + PercentCoding.encode(key.text());
    }
    var path = new StringBuilder(root);
    for (String segment : segments) {
      path.append('/').append(PercentCoding.encode(segment));
    }
    return path.toString();
  }

  private static Key key(Supplier<String> text) {
    try {
      return new Key(text.get());
    } catch (IllegalArgumentException wrong) {
      throw Refusal.badKey("In the key of the request, " + wrong.getMessage() + ".");
    }
  }

  private static String decodePath(RequestTarget target, String root) {
    String raw = target.path().substring(root.length() + 1);
    if (raw.indexOf('#') >= 0) {
      throw new IllegalArgumentException("a '#' ends the path; in a key it is written %23");
    }
    String key = PercentCoding.decode(raw);
    if (!key.isEmpty()) {
      for (String segment : raw.split("/", -1)) {
        fragility(PercentCoding.decode(segment))
            .ifPresent(
                what -> {
                  throw new IllegalArgumentException(
                      what + " may be lost on the way; write it as " + root + "?key=");
                });
      }
    }
    return key;
  }

  /// What a client or proxy may do away with.
  private static Optional<String> fragility(String segment) {
    return switch (segment) {
      case "" -> Optional.of("an empty segment of a path");
      case ".", ".." -> Optional.of("the segment '" + segment + "' of a path");
      default -> Optional.empty();
    };
  }
}
