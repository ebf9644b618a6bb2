package io.trefoil.api;

import io.smallrye.mutiny.Uni;
import io.trefoil.core.model.NodeId;
import io.trefoil.runtime.ClusterView;
import io.trefoil.runtime.NodeFacade;
import io.trefoil.runtime.Verdict;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/// What an operator does to members and to the council, by way of any node.
@Singleton
@Path(ClusterResource.ROOT)
public class OperatorResource {

  /// Where members stand.
  static final String MEMBERS = ClusterResource.ROOT + "/members";

  /// The methods that an order takes.
  static final String METHODS = "POST, OPTIONS";

  private static final Logger LOG = Logger.getLogger(OperatorResource.class);
  private static final String GIVE_UP = "giveUp";

  private final NodeFacade node;

  /// The resource in front of a node.
  @Inject
  OperatorResource(NodeFacade node) {
    this.node = node;
  }

  /// Takes an order about a member.
  @POST
  @Path("members{rest: (/.*)?}")
  public Uni<Response> order(@Context HttpServerRequest http) {
    MemberOrder order = MemberOrder.parse(RequestTarget.of(http.uri()));
    return node.cluster()
        .invoke(view -> requireMember(view, order.name()))
        .chain(() -> carryOut(order));
  }

  private Uni<Response> carryOut(MemberOrder order) {
    String name = order.name();
    long millis = order.timeoutMillis();
    return switch (order.verb()) {
      case DECOMMISSION ->
          done(node.decommission(name, millis), ProblemKind.MEMBER_NEEDED)
              .chain(() -> member(name));
      case RECOMMISSION ->
          done(node.recommission(name, millis), ProblemKind.MEMBER_NEEDED)
              .chain(() -> member(name));
      case PREPARE_STOP ->
          done(node.prepareStop(name, millis), ProblemKind.NOT_SAFE_TO_STOP)
              .map(_ -> Response.noContent().build());
    };
  }

  /// Has what is left of a lost council go on alone.
  @POST
  @Path("council:force")
  public Uni<ClusterAnswer> force(@Context HttpServerRequest http) {
    String asker = String.valueOf(http.remoteAddress());
    return JsonBody.read(http, List.of(GIVE_UP))
        .map(body -> body.texts(GIVE_UP))
        .chain(names -> node.cluster().map(view -> seats(view, names)))
        .invoke(lost -> LOG.warnf("%s asks to force the council, giving up %s", asker, lost))
        .chain(lost -> done(node.forceCouncil(lost), ProblemKind.COUNCIL_NOT_LOST))
        .chain(node::cluster)
        .map(ClusterAnswer::of);
  }

  private Uni<Response> member(String name) {
    Function<ClusterView, Object> told =
        view ->
            view.members().stream()
                .filter(m -> m.name().equals(name) && isListed(m))
                .findFirst()
                .map(ClusterAnswer.Member::of)
                .orElseThrow(() -> unknown(name));
    return node.cluster().map(told).map(body -> Response.accepted(body).build());
  }

  private static Uni<Verdict> done(Uni<Verdict> ended, ProblemKind refused) {
    return ended.invoke(
        verdict -> {
          switch (verdict.kind()) {
            case DONE -> {
              // As asked.
            }
            case REFUSED -> throw refusal(refused, verdict);
            case UNANSWERED -> throw refusal(ProblemKind.STEWARD_SILENT, verdict);
          }
        });
  }

  private static Refusal refusal(ProblemKind kind, Verdict verdict) {
    String sentence = verdict.sentence();
    String detail = Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + ".";
    return new Refusal(Problem.of(kind, detail));
  }

  private static void requireMember(ClusterView view, String name) {
    if (view.members().stream().noneMatch(m -> m.name().equals(name) && isListed(m))) {
      throw unknown(name);
    }
  }

  private static boolean isListed(ClusterView.Member member) {
    return member.standing().filter(standing -> standing != ClusterView.Standing.GONE).isPresent();
  }

  private static List<NodeId> seats(ClusterView view, List<String> names) {
    return names.stream()
        .map(
            name ->
                view.members().stream()
                    .filter(m -> m.name().equals(name) && view.council().contains(m.id()))
                    .map(ClusterView.Member::id)
                    .findFirst()
                    .orElseThrow(() -> unknown(name)))
        .toList();
  }

  private static Refusal unknown(String name) {
    return new Refusal(
        Problem.of(ProblemKind.NO_SUCH_MEMBER, "No member there is called '" + name + "'."));
  }
}
