package io.trefoil.api;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What an operator wants of a member: `/v1/cluster/members/{name}:{verb}?timeout=`.
///
/// @param name the member's, decoded
/// @param verb what is wanted
/// @param timeoutMillis how long to wait for it to be so
record MemberOrder(String name, Verb verb, long timeoutMillis) {

  private static final String TIMEOUT = "timeout";
  private static final long DEFAULT_MILLIS = 8_000;

  /// What can be wanted.
  enum Verb {
    /// What it holds shall move to others.
    DECOMMISSION,
    /// It shall stay after all.
    RECOMMISSION,
    /// It shall be stopped for a while, once it can be spared.
    PREPARE_STOP
  }

  /// Reads a request target.
  ///
  /// @throws Refusal if it is none, or its timeout is wrong
  static MemberOrder parse(RequestTarget target) {
    String rest = target.path().substring(OperatorResource.MEMBERS.length());
    int colon = rest.lastIndexOf(':');
    if (colon < 2 || rest.indexOf('/', 1) > 0) {
      throw nowhere(target);
    }
    String word = rest.substring(colon + 1);
    Verb verb =
        Arrays.stream(Verb.values())
            .filter(one -> Label.of(one).equals(word))
            .findFirst()
            .orElseThrow(() -> nowhere(target));
    return new MemberOrder(decode(rest.substring(1, colon)), verb, timeout(target));
  }

  private static String decode(String text) {
    try {
      return PercentCoding.decode(text);
    } catch (IllegalArgumentException wrong) {
      throw Refusal.badRequest("In the name of the member, " + wrong.getMessage() + ".");
    }
  }

  private static long timeout(RequestTarget target) {
    var parameters = QueryParameters.parse(target.query(), List.of(TIMEOUT));
    return parameters.values().containsKey(TIMEOUT)
        ? Timeout.parseMillis(parameters.values().get(TIMEOUT))
            .orElseThrow(
                () ->
                    Refusal.badRequest(
                        "The query parameter timeout takes 1ms to 60s, as a whole number with 'ms'"
                            + " or 's'."))
        : DEFAULT_MILLIS;
  }

  private static Refusal nowhere(RequestTarget target) {
    String verbs =
        Arrays.stream(Verb.values())
            .map(verb -> ":" + Label.of(verb))
            .collect(Collectors.joining(", "));
    return new Refusal(
        Problem.of(
            ProblemKind.NO_SUCH_PATH,
            "Nothing is at '%s'; a member's name is followed by one of %s."
                .formatted(target.path(), verbs)));
  }
}
