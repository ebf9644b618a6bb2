package io.trefoil.api;

/// What can go wrong with a request: the names behind `urn:trefoil:problem:`, each with its status
/// and with what it says about the operation.
public enum ProblemKind {
  NOT_FOUND(404, Effect.REFUSED, "The key has no value"),
  ALREADY_EXISTS(409, Effect.REFUSED, "The key has a value already"),
  PRECONDITION_FAILED(412, Effect.REFUSED, "The condition does not hold"),
  BAD_KEY(400, Effect.NONE, "Not a key"),
  BAD_REQUEST(400, Effect.NONE, "Not a request this store understands"),
  VALUE_TOO_LARGE(413, Effect.NONE, "The value is too large"),
  QUORUM_UNAVAILABLE(503, Effect.NONE, "Too few replicas answered"),
  CONTENDED(503, Effect.NONE, "Other operations on the key were in the way"),
  OUTCOME_UNKNOWN(503, Effect.UNKNOWN, "Nobody can say whether it was done"),
  OVERLOADED(429, Effect.NONE, "This node has too many operations under way"),
  NOT_READY(503, Effect.NONE, "This node is not ready"),
  NO_SUCH_MEMBER(404, Effect.REFUSED, "No member has this name"),
  MEMBER_NEEDED(409, Effect.REFUSED, "The cluster cannot do without the member"),
  COUNCIL_NOT_LOST(409, Effect.REFUSED, "The council is not to be forced so"),
  NOT_SAFE_TO_STOP(503, Effect.NONE, "The member cannot be spared now"),
  STEWARD_SILENT(503, Effect.UNKNOWN, "Nobody says whether it was done"),
  NO_SUCH_PATH(404, Effect.NONE, "Nothing is at this path"),
  METHOD_NOT_ALLOWED(405, Effect.NONE, "The path does not take this method"),
  NOT_ACCEPTABLE(406, Effect.NONE, "The answer has no form that is accepted"),
  UNSUPPORTED_MEDIA_TYPE(415, Effect.NONE, "The body is in a form that is not taken"),
  INTERNAL_ERROR(500, Effect.UNKNOWN, "This node failed at the request");

  private final int status;
  private final Effect effect;
  private final String title;

  ProblemKind(int status, Effect effect, String title) {
    this.status = status;
    this.effect = effect;
    this.title = title;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// What became of the operation, unless the problem knows better.
  public Effect effect() {
    return effect;
  }

  /// A short sentence, the same for each problem of the kind.
  public String title() {
    return title;
  }

  /// The name as it stands in the problem's type, such as `not-found`.
  public String label() {
    return Label.of(this);
  }

  /// Whether the same request, sent again soon, may well succeed; its answer carries Retry-After.
  public boolean isPassing() {
    return switch (this) {
      case QUORUM_UNAVAILABLE, CONTENDED, OVERLOADED, NOT_READY, NOT_SAFE_TO_STOP -> true;
      case NOT_FOUND,
          ALREADY_EXISTS,
          PRECONDITION_FAILED,
          BAD_KEY,
          BAD_REQUEST,
          VALUE_TOO_LARGE,
          OUTCOME_UNKNOWN,
          NO_SUCH_MEMBER,
          MEMBER_NEEDED,
          COUNCIL_NOT_LOST,
          STEWARD_SILENT,
          NO_SUCH_PATH,
          METHOD_NOT_ALLOWED,
          NOT_ACCEPTABLE,
          UNSUPPORTED_MEDIA_TYPE,
          INTERNAL_ERROR ->
          false;
    };
  }

  /// What became of an operation that was not simply done: the problem's `outcome`.
  public enum Effect {
    /// A condition did not hold, and nothing was changed.
    REFUSED,
    /// Nothing was done and nothing will be: safe to repeat.
    NONE,
    /// It may or may not have been done.
    UNKNOWN;

    /// The name as it stands in the problem.
    public String label() {
      return Label.of(this);
    }
  }
}
