package io.trefoil.api;

import io.smallrye.mutiny.Uni;
import io.trefoil.api.ProblemKind.Effect;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// The one place where whatever goes wrong with a request becomes an answer: our own refusals,
/// those of the framework, and failures of the program.
@Singleton
public class ProblemMapper {

  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
  private static final List<HttpMethod> READING =
      List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final ProblemAnswers answers;

  /// A mapper that answers so.
  @Inject
  ProblemMapper(ProblemAnswers answers) {
    this.answers = answers;
  }

  /// Our own.
  @ServerExceptionMapper
  public Uni<Response> of(Refusal refusal) {
    return answers.of(refusal.problem());
  }

  /// The framework's: no such path, no such method there.
  @ServerExceptionMapper
  public Uni<Response> of(WebApplicationException refusal, HttpServerRequest http) {
    int status = refusal.getResponse().getStatus();
    if (status == 405) {
      http.response().putHeader(HttpHeaders.ALLOW, allowed(http));
    }
    return answers.of(problem(status, http));
  }

  /// The program's. The log has the reason; the client need not.
  @ServerExceptionMapper
  public Uni<Response> of(Throwable failure, HttpServerRequest http) {
    LOG.errorf(failure, "%s %s failed", http.method(), http.uri());
    return answers.of(internal(http));
  }

  private static Problem problem(int status, HttpServerRequest http) {
    String path = "'" + RequestTarget.of(http.uri()).path() + "'";
    return switch (status) {
      case 404 -> Problem.of(ProblemKind.NO_SUCH_PATH, "Nothing is at " + path + ".");
      case 405 ->
          Problem.of(
              ProblemKind.METHOD_NOT_ALLOWED, path + " does not take " + http.method() + ".");
      case 406 ->
          Problem.of(
              ProblemKind.NOT_ACCEPTABLE,
              "The header Accept leaves out the only form that " + path + " has.");
      case 415 ->
          Problem.of(
              ProblemKind.UNSUPPORTED_MEDIA_TYPE,
              "The Content-Type of the request is not one that " + path + " takes.");
      default ->
          status >= 400 && status < 500
              ? Problem.of(ProblemKind.BAD_REQUEST, "The request is not well formed.")
              : internal(http);
    };
  }

  /// The framework does not tell which methods it looked for.
  private static String allowed(HttpServerRequest http) {
    RequestTarget target = RequestTarget.of(http.uri());
    if (target.isUnder(KeyValueResource.ROOT)) {
      return KeyValueResource.METHODS;
    }
    boolean isOrder = target.isUnder(OperatorResource.MEMBERS) || target.path().contains(":");
    return isOrder ? OperatorResource.METHODS : ClusterResource.METHODS;
  }

  private static Problem internal(HttpServerRequest http) {
    Problem problem =
        Problem.of(
            ProblemKind.INTERNAL_ERROR, "This node failed at the request; its log says why.");
    return READING.contains(http.method()) ? problem.effect(Effect.NONE) : problem;
  }
}
