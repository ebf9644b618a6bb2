package io.trefoil.api;

import io.smallrye.mutiny.Uni;
import io.trefoil.runtime.NodeFacade;
import io.trefoil.runtime.PreviewView.Change;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;
import java.util.Optional;

/// What a join or a leave would move, before anybody does it.
@Singleton
@Path(PreviewResource.ROOT)
public class PreviewResource {

  /// Where it is asked.
  static final String ROOT = ClusterResource.ROOT + ":preview";

  private static final String JOIN = "join";
  private static final String LEAVE = "leave";
  private static final int MAX_WEIGHT = 100;

  private final NodeFacade node;

  /// The resource in front of a node.
  @Inject
  PreviewResource(NodeFacade node) {
    this.node = node;
  }

  /// Looks ahead. Nothing is changed.
  @POST
  public Uni<PreviewAnswer> preview(@Context HttpServerRequest http) {
    return JsonBody.read(http, List.of(JOIN, LEAVE))
        .map(PreviewResource::change)
        .chain(change -> node.preview(change).map(view -> view.orElseThrow(() -> none(change))))
        .map(PreviewAnswer::of);
  }

  private static Change change(JsonBody body) {
    Optional<JsonBody> join = body.object(JOIN);
    Optional<String> leave = body.optionalText(LEAVE);
    if (join.isPresent() == leave.isPresent()) {
      throw Refusal.badRequest("The body has one of 'join', an object, and 'leave', a name.");
    }
    return join.<Change>map(PreviewResource::joiner)
        .orElseGet(() -> new Change.Leave(body.text(LEAVE)));
  }

  private static Change.Join joiner(JsonBody join) {
    join.requireKnown(List.of("name", "zone", "weight"));
    int weight = join.number("weight").orElse(1);
    if (weight < 1 || weight > MAX_WEIGHT) {
      throw Refusal.badRequest("The field 'weight' is " + weight + "; it can be 1 to 100.");
    }
    return new Change.Join(join.text("name"), join.optionalText("zone").orElse(""), weight);
  }

  private Refusal none(Change change) {
    return new Refusal(
        switch (change) {
          case Change.Leave(String name) when node.epoch() > 0 ->
              Problem.of(
                  ProblemKind.NO_SUCH_MEMBER,
                  "No member with a share of the ring is called '" + name + "'.");
          case Change.Leave _, Change.Join _ ->
              Problem.of(ProblemKind.NOT_READY, "This node knows no cluster map yet.");
        });
  }
}
