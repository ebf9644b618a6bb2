package io.trefoil.runtime;

import io.opentelemetry.context.Context;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.News;
import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Stock;
import io.trefoil.core.node.Node;
import io.trefoil.runtime.PreviewView.Change;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Answers what the facade asks of a hosted node, on the node's event loop.
final class Reception {

  /// How long a stopped node says it will be away; after that its peers hold it dead.
  static final Duration AWAY = Duration.ofSeconds(60);

  /// A view is told without what the steward knows, if that does not come within so long.
  private static final long SURVEY_MILLIS = 300;

  private final Vertx vertx;
  private final String cluster;
  private final Node node;
  private final NodeHost host;
  private final Desk desk;
  private boolean departed;

  /// The reception of one node.
  ///
  /// @param cluster the cluster's name
  Reception(Vertx vertx, String cluster, Node node, NodeHost host, Desk desk) {
    this.vertx = vertx;
    this.cluster = cluster;
    this.node = node;
    this.host = host;
    this.desk = desk;
  }

  /// Takes one call, and answers it in time.
  void called(Message<NodeCall> call) {
    Consumer<Object> answer = reply -> call.reply(reply, ByReference.options());
    switch (call.body()) {
      case NodeCall.Ask(Request request, Context within) ->
          host.ask(request, within, answer::accept);
      case NodeCall.DescribeCluster() -> survey(-1, told -> answer.accept(portray(told)));
      case NodeCall.DescribeRing() ->
          answer.accept(node.map().map(RingPortrait::draw).orElse(RingView.NONE));
      case NodeCall.ExplainKey(Key key) -> explain(key, answer);
      case NodeCall.ListKeys(int partition, Optional<Key> after) -> list(partition, after, answer);
      case NodeCall.LookAhead(Change change) -> lookAhead(change, answer);
      case NodeCall.Commanded(var command, long millis) ->
          desk.command(command, millis, answer::accept);
      case NodeCall.Depart() -> answer.accept(depart());
    }
  }

  /// Tells the others that this node goes, unless it did already: for good if it was taken out and
  /// holds nothing any more, else for a while.
  ///
  /// @return whether for good
  boolean depart() {
    boolean forGood = node.map().filter(this::isDoneWith).isPresent();
    if (!departed) {
      departed = true;
      host.tell(forGood ? new News.Leaving() : new News.Restarting(AWAY));
    }
    return forGood;
  }

  private boolean isDoneWith(ClusterMap map) {
    return map.member(node.id()).filter(m -> m.standing() == Standing.LEAVING).isPresent()
        && !map.council().contains(node.id())
        && map.replicaSets().stream().noneMatch(set -> set.contains(node.id()));
  }

  /// Without a map there is nobody to ask.
  private void survey(int partition, Consumer<Optional<Event.Surveyed>> told) {
    if (node.map().isPresent()) {
      desk.survey(partition, SURVEY_MILLIS, told);
    } else {
      told.accept(Optional.empty());
    }
  }

  private ClusterView portray(Optional<Event.Surveyed> told) {
    return portrait()
        .draw(
            cluster,
            node.id(),
            node.clock().skewMillis(),
            node.registers().damaged(),
            new ClusterPortrait.Council(
                node.maps().summary(), node.maps().steward(), stocks(told)));
  }

  /// Of itself a node always knows.
  private List<Stock> stocks(Optional<Event.Surveyed> told) {
    return told.map(Event.Surveyed::stocks)
        .orElseGet(
            () -> {
              var progress = node.progress();
              return List.of(new Stock(node.id(), progress.keys(), progress.bytes()));
            });
  }

  private ClusterPortrait portrait() {
    return new ClusterPortrait(node.map(), node.membership().members());
  }

  private void explain(Key key, Consumer<Object> answer) {
    int partition = node.map().map(map -> map.partitions().of(key)).orElse(-1);
    survey(
        partition,
        told ->
            host.ask(
                Request.of(new Operation.Inspect(key)),
                outcome ->
                    answer.accept(
                        KeyPortrait.draw(
                            key,
                            node.map(),
                            portrait(),
                            outcome,
                            told.map(Event.Surveyed::complete)))));
  }

  private void list(int partition, Optional<Key> after, Consumer<Object> answer) {
    int partitions = node.map().map(map -> map.partitions().count()).orElse(0);
    if (partition < partitions) {
      desk.list(partition, after, told -> answer.accept(KeysView.of(partitions, told)));
    } else {
      answer.accept(KeysView.of(partitions, Optional.empty()));
    }
  }

  /// Two rings are computed for it, which is too long for this loop.
  private void lookAhead(Change change, Consumer<Object> answer) {
    survey(
        -1,
        told -> {
          Optional<ClusterMap> map = node.map();
          List<Stock> stocks = told.map(Event.Surveyed::stocks).orElse(List.of());
          vertx.executeBlocking(() -> view(map, change, stocks), false).onSuccess(answer::accept);
        });
  }

  private static PreviewView view(Optional<ClusterMap> map, Change change, List<Stock> stocks) {
    return map.flatMap(known -> PreviewPortrait.draw(known, change, stocks))
        .orElse(PreviewView.NONE);
  }
}
