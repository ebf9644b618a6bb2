package io.trefoil.api;

import io.smallrye.mutiny.Uni;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Version;
import io.trefoil.runtime.NodeFacade;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Problems as answers: RFC 9457 problem JSON, with the headers that belong to it.
@Singleton
public class ProblemAnswers {

  /// The media type of problem JSON.
  static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPE = "urn:trefoil:problem:";
  private static final String RETRY_SECONDS = "1";

  private final NodeFacade node;

  /// A node keeps its name as long as its id.
  private final Map<NodeId, String> names = new ConcurrentHashMap<>();

  /// Answers that name nodes as this one knows them.
  @Inject
  ProblemAnswers(NodeFacade node) {
    this.node = node;
  }

  /// The whole answer.
  Uni<Response> of(Problem problem) {
    return namesOf(problem.missing()).map(missing -> response(problem, missing));
  }

  private static Response response(Problem problem, List<String> missing) {
    var answer =
        Response.status(problem.kind().status())
            .header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
            .entity(json(problem, missing).toBuffer().getBytes());
    headers(problem).forEach(answer::header);
    return answer.build();
  }

  /// The problem's members.
  static JsonObject json(Problem problem, List<String> missing) {
    var json =
        new JsonObject()
            .put("type", TYPE + problem.kind().label())
            .put("title", problem.kind().title())
            .put("status", problem.kind().status())
            .put("detail", problem.detail())
            .put("outcome", problem.effect().label());
    problem.current().map(Version::tag).ifPresent(tag -> json.put("version", tag));
    return missing.isEmpty() ? json : json.put("missing", new JsonArray(missing));
  }

  /// The headers beside the media type.
  static Map<String, String> headers(Problem problem) {
    var headers = new LinkedHashMap<String, String>();
    problem.current().map(EntityTags::write).ifPresent(tag -> headers.put(HttpHeaders.ETAG, tag));
    if (problem.kind().isPassing()) {
      headers.put(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }
    return headers;
  }

  /// The operators' names of nodes; the id of one whose name is not known here.
  private Uni<List<String>> namesOf(List<NodeId> nodes) {
    if (names.keySet().containsAll(nodes)) {
      return Uni.createFrom().item(() -> known(nodes));
    }
    return node.cluster()
        .onItem()
        .invoke(view -> view.members().forEach(member -> names.put(member.id(), member.name())))
        .map(_ -> known(nodes))
        .onFailure()
        .recoverWithItem(() -> known(nodes));
  }

  private List<String> known(List<NodeId> nodes) {
    return nodes.stream().map(id -> names.getOrDefault(id, id.toString())).toList();
  }
}
