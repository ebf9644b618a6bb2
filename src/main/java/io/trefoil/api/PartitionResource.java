package io.trefoil.api;

import io.smallrye.mutiny.Uni;
import io.trefoil.core.model.Key;
import io.trefoil.runtime.KeysView;
import io.trefoil.runtime.NodeFacade;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.List;
import java.util.Optional;

/// The keys of one partition: what a backup goes through.
@Singleton
@Path(PartitionResource.ROOT)
public class PartitionResource {

  /// Where partitions stand.
  static final String ROOT = ClusterResource.ROOT + "/partitions";

  private static final String AFTER = "after";
  private static final int LONGEST_NUMBER = 7;

  private final NodeFacade node;

  /// The resource in front of a node.
  @Inject
  PartitionResource(NodeFacade node) {
    this.node = node;
  }

  /// Lists keys as a quorum of the partition's voters knows them.
  @GET
  @Path("{partition}/keys")
  public Uni<KeysAnswer> keys(
      @PathParam("partition") String partition, @Context HttpServerRequest http) {
    int number = number(partition);
    RequestTarget target = RequestTarget.of(http.uri());
    Optional<Key> after = after(QueryParameters.parse(target.query(), List.of(AFTER)));
    return node.keys(number, after)
        .invoke(view -> check(number, view))
        .map(view -> KeysAnswer.of(number, view));
  }

  private static int number(String text) {
    if (text.length() > LONGEST_NUMBER || !text.matches("[0-9]+")) {
      throw Refusal.badRequest("'" + text + "' is no partition; they are numbered from 0.");
    }
    return Integer.parseInt(text);
  }

  private static Optional<Key> after(QueryParameters parameters) {
    try {
      return parameters.get(AFTER).map(Key::new);
    } catch (IllegalArgumentException wrong) {
      throw Refusal.badKey("In the query parameter 'after', " + wrong.getMessage() + ".");
    }
  }

  private static void check(int partition, KeysView view) {
    if (view.partitions() == 0) {
      throw new Refusal(Problem.of(ProblemKind.NOT_READY, "This node knows no cluster map yet."));
    }
    if (partition >= view.partitions()) {
      throw Refusal.badRequest(
          "There is no partition %d; they are numbered from 0 to %d."
              .formatted(partition, view.partitions() - 1));
    }
    if (!view.complete()) {
      throw new Refusal(
          Problem.of(
              ProblemKind.QUORUM_UNAVAILABLE,
              "Too few voters of partition " + partition + " told their keys in time."));
    }
  }
}
