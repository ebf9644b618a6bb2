package io.trefoil.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.trefoil.runtime.NodeFacade;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/// What happens to every request before it is routed: the answer will name the node and its epoch,
/// and a target that is not well formed is refused.
///
/// Routing works on a normalised path, and fails without a word on one that cannot be normalised.
/// So the raw path is judged here, first.
@Singleton
public class FrontDoor {

  /// The node that carried out the operation.
  static final String COORDINATOR = "Trefoil-Coordinator";

  /// The epoch of its cluster map.
  static final String EPOCH = "Trefoil-Epoch";

  private static final String TYPE = "trefoil.content-type";
  private static final String OURS = "/v1";
  private static final List<String> KEYED = List.of(KeyValueResource.ROOT, ClusterResource.KEYS);

  /// Before the framework's own handlers, which lie between -1 and -10,000.
  private static final int PRIORITY = 10_000;

  private final NodeFacade node;
  private final ProblemAnswers problems;

  /// The door to a node.
  @Inject
  FrontDoor(NodeFacade node, ProblemAnswers problems) {
    this.node = node;
    this.problems = problems;
  }

  void open(@Observes Filters filters) {
    filters.register(this::enter, PRIORITY);
  }

  /// Gives an answer a media type as it stands. The framework would parse and rewrite it.
  static void typeOfAnswer(RoutingContext http, String mediaType) {
    http.put(TYPE, mediaType);
  }

  private void enter(RoutingContext http) {
    RequestTarget target = RequestTarget.of(http.request().uri());
    if (target.isUnder(OURS)) {
      http.addHeadersEndHandler(_ -> sign(http));
    }
    try {
      judge(target, http.request().uri());
    } catch (Refusal refusal) {
      refuse(http.response(), refusal.problem());
      return;
    }
    http.next();
  }

  private static void judge(RequestTarget target, String uri) {
    for (String root : KEYED) {
      if (target.isUnder(root)) {
        Keys.checkPath(target, root);
        return;
      }
    }
    try {
      var _ = new URI(uri);
    } catch (URISyntaxException malformed) {
      throw Refusal.badRequest("The request target is not a URI: " + malformed.getReason() + ".");
    }
  }

  private static void refuse(HttpServerResponse response, Problem problem) {
    response.setStatusCode(problem.kind().status());
    response.putHeader(HttpHeaders.CONTENT_TYPE, ProblemAnswers.MEDIA_TYPE);
    response.end(ProblemAnswers.json(problem, List.of()).toBuffer());
  }

  /// The last to touch the headers, because it was the first to ask for it. A client of a process
  /// that is about to stop had better come back on another connection, to another node.
  private void sign(RoutingContext http) {
    HttpServerResponse response = http.response();
    response.putHeader(COORDINATOR, node.name());
    response.putHeader(EPOCH, Long.toString(node.epoch()));
    if (node.draining() && response.streamId() < 0) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    String type = http.get(TYPE);
    if (type != null) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, type);
    }
  }
}
