package io.trefoil.api;

import io.smallrye.mutiny.Uni;
import io.trefoil.core.model.Key;
import io.trefoil.runtime.NodeFacade;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;

/// The cluster over HTTP, as the node that is asked sees it.
@Singleton
@Path(ClusterResource.ROOT)
public class ClusterResource {

  /// Where the view of the cluster stands.
  static final String ROOT = "/v1/cluster";

  /// Where keys are explained.
  static final String KEYS = ROOT + "/keys";

  /// The methods that a view takes.
  static final String METHODS = "GET, HEAD, OPTIONS";

  private final NodeFacade node;

  /// The resource in front of a node.
  @Inject
  ClusterResource(NodeFacade node) {
    this.node = node;
  }

  /// Describes the cluster.
  @GET
  public Uni<ClusterAnswer> cluster() {
    return node.cluster().map(ClusterAnswer::of);
  }

  /// Tells who votes for which partition.
  @GET
  @Path("ring")
  public Uni<RingAnswer> ring() {
    return node.ring().map(RingAnswer::of);
  }

  /// Tells where a key lies and what each of its replicas holds.
  @GET
  @Path("keys{key: (/.*)?}")
  public Uni<KeyAnswer> explain(@Context HttpServerRequest http) {
    RequestTarget target = RequestTarget.of(http.uri());
    var parameters = QueryParameters.parse(target.query(), List.of(Keys.PARAMETER));
    Key key = Keys.parse(target, KEYS, parameters);
    return node.explain(key).map(KeyAnswer::of);
  }
}
