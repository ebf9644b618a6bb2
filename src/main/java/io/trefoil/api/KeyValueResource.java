package io.trefoil.api;

import io.smallrye.mutiny.Uni;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Operation.Delete;
import io.trefoil.core.model.Operation.Get;
import io.trefoil.core.model.Operation.Put;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Request;
import io.trefoil.runtime.NodeFacade;
import io.trefoil.runtime.TrefoilSettings;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/// Keys and values over HTTP: docs/http.md has the tables and an example of each. A method reads
/// all headers first, so that nothing is done of a request that is wrong anywhere; what it throws
/// is answered by [ProblemMapper]. The key is read from the raw request target, hence no path
/// parameter.
@Singleton
@Path(KeyValueResource.ROOT + "{key: (/.*)?}")
public class KeyValueResource {

  /// Where keys stand.
  static final String ROOT = "/v1/kv";

  /// The methods that a key takes.
  static final String METHODS = "GET, HEAD, POST, PUT, DELETE, OPTIONS";

  private static final String CONSISTENCY = "consistency";
  private static final List<String> READ_PARAMETERS = List.of(Keys.PARAMETER, CONSISTENCY);
  private static final List<String> WRITE_PARAMETERS = List.of(Keys.PARAMETER);

  private final NodeFacade node;
  private final int valueBytes;

  /// The resource in front of a node.
  @Inject
  KeyValueResource(NodeFacade node, TrefoilSettings settings) {
    this.node = node;
    this.valueBytes = settings.limits().valueBytes();
  }

  /// Reads a key.
  @GET
  public Uni<Response> get(@Context RoutingContext http) {
    return read(http);
  }

  /// Reads a key, all but the value itself.
  @HEAD
  public Uni<Response> head(@Context RoutingContext http) {
    return read(http);
  }

  /// Creates a key.
  @POST
  public Uni<Response> create(@Context HttpServerRequest http) {
    Key key = writtenKey(http);
    Condition condition = Conditions.ofPost(http.headers());
    return put(http, key, condition).map(outcome -> WriteAnswers.ofPost(key, outcome));
  }

  /// Writes a key, under whatever condition the headers state.
  @PUT
  public Uni<Response> write(@Context HttpServerRequest http) {
    Key key = writtenKey(http);
    Condition condition = Conditions.ofPut(http.headers());
    return put(http, key, condition).map(outcome -> WriteAnswers.ofPut(condition, outcome));
  }

  /// Deletes a key.
  @DELETE
  public Uni<Response> delete(@Context HttpServerRequest http) {
    Key key = writtenKey(http);
    Condition condition = Conditions.ofDelete(http.headers());
    boolean stated = http.headers().contains(Conditions.IF_MATCH);
    Request request = Preferences.of(http.headers()).request(new Delete(key, condition));
    return node.ask(request).map(outcome -> WriteAnswers.ofDelete(stated, outcome));
  }

  private Uni<Response> read(RoutingContext context) {
    HttpServerRequest http = context.request();
    RequestTarget target = RequestTarget.of(http.uri());
    var parameters = QueryParameters.parse(target.query(), READ_PARAMETERS);
    Key key = Keys.parse(target, ROOT, parameters);
    Consistency consistency = consistencyOf(parameters);
    Optional<EntityTags> held = Conditions.ofRead(http.headers());
    Request request = Preferences.of(http.headers()).request(new Get(key, consistency));
    return node.ask(request).map(new ReadAnswers(context, consistency, held)::of);
  }

  private Uni<Outcome> put(HttpServerRequest http, Key key, Condition condition) {
    Preferences preferences = Preferences.of(http.headers());
    return ValueBody.read(http, valueBytes)
        .flatMap(value -> node.ask(preferences.request(new Put(key, value, condition))));
  }

  private static Key writtenKey(HttpServerRequest http) {
    RequestTarget target = RequestTarget.of(http.uri());
    return Keys.parse(target, ROOT, QueryParameters.parse(target.query(), WRITE_PARAMETERS));
  }

  private static Consistency consistencyOf(QueryParameters parameters) {
    String text = parameters.values().getOrDefault(CONSISTENCY, "linearizable");
    return switch (text) {
      case "linearizable" -> Consistency.LINEARIZABLE;
      case "one" -> Consistency.ONE;
      default ->
          throw Refusal.badRequest(
              "The query parameter consistency is '%s'; it can be 'linearizable' or 'one'."
                  .formatted(text));
    };
  }
}
