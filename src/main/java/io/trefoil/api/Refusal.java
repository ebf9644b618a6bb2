package io.trefoil.api;

/// Carries a problem from where it is found to the one place that answers it. Its making is cheap:
/// it has no stack trace, for it tells of the request, not of the program.
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /// Refuses with a problem.
  public Refusal(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /// Refuses what is wrong with the request itself.
  ///
  /// @param detail one sentence naming what is wrong
  static Refusal badRequest(String detail) {
    return new Refusal(Problem.of(ProblemKind.BAD_REQUEST, detail));
  }

  /// Refuses what is no key.
  ///
  /// @param detail one sentence naming what is wrong
  static Refusal badKey(String detail) {
    return new Refusal(Problem.of(ProblemKind.BAD_KEY, detail));
  }

  /// Why.
  public Problem problem() {
    return problem;
  }
}
