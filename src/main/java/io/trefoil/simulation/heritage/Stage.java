package io.trefoil.simulation.heritage;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.OperationKind;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Request;
import io.trefoil.core.node.Node;
import io.trefoil.simulation.heritage.HeritageLog.Role;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Host.Status;
import io.trefoil.simulation.world.World;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// What a script can do to the nodes. All of it is logged as the original's driver did.
final class Stage {

  private static final String RULE = "an operation ends once";

  /// Shorter than an eviction takes: a quorum that is lost stays lost for the operation.
  private static final long TIMEOUT_MILLIS = 5_000;

  private final World world;
  private final HeritageLog log;
  private final Ledger ledger;
  private final RandomGenerator random;

  Stage(World world, HeritageLog log, Ledger ledger, RandomGenerator random) {
    this.world = world;
    this.log = log;
    this.ledger = ledger;
    this.random = random;
  }

  /// Every message is lost with this probability from now on.
  void lose(double share) {
    world.apply(new Fault.Links(world.settings().links().losing(share)));
  }

  /// Kills processes.
  void crash(List<Integer> hosts) {
    hosts.forEach(host -> world.apply(new Fault.Crash(host)));
    log.failed(hosts);
  }

  /// A node that runs and fits, chosen at random.
  int any(Predicate<Integer> fits) {
    List<Integer> running = running().stream().filter(fits).toList();
    return running.get(random.nextInt(running.size()));
  }

  /// The nodes that vote for a key now, as a node that runs knows: primary, secondary, tertiary.
  List<Integer> replicas(String key) {
    Node node = (Node) world.host(any(_ -> true)).machine().orElseThrow();
    ClusterMap map = node.map().orElseThrow();
    return map.replicaSet(map.partitions().of(new Key(key))).old().stream()
        .map(this::hostOf)
        .toList();
  }

  /// Asks any node that runs, and logs what it says in the end.
  ///
  /// @param value what to write, or what the key should hold, if anything is known of it
  void ask(OperationKind kind, String key, Optional<String> value) {
    Transaction transaction = ledger.open(kind, key, value);
    int coordinator = any(_ -> true);
    log.asked(coordinator, transaction);
    var request = new Request(transaction.operation(), Request.Ack.QUORUM, 0, TIMEOUT_MILLIS);
    boolean taken =
        world.ask(
            world.host(coordinator),
            request,
            outcome -> outcome.ifPresent(end -> ended(coordinator, transaction, end)));
    if (!taken) {
      world.violated(RULE, transaction + " found no process");
    }
  }

  private void ended(int coordinator, Transaction transaction, Outcome outcome) {
    switch (outcome) {
      case Outcome.Done _ -> succeeded(coordinator, transaction, transaction.value());
      case Outcome.Found(Optional<Record> record) ->
          record.ifPresentOrElse(
              found -> succeeded(coordinator, transaction, Reporter.text(record)),
              () -> failed(coordinator, transaction));
      case Outcome.Refused _, Outcome.NotDone _, Outcome.Unknown _ ->
          failed(coordinator, transaction);
      case Outcome.Inspected _ -> world.violated(RULE, transaction + " ended as an inspection");
    }
  }

  private void succeeded(int coordinator, Transaction transaction, Optional<String> value) {
    log.ended(coordinator, Role.COORDINATOR, transaction, true, value);
  }

  private void failed(int coordinator, Transaction transaction) {
    log.ended(coordinator, Role.COORDINATOR, transaction, false, transaction.value());
  }

  private List<Integer> running() {
    return world.hosts().stream()
        .filter(host -> host.status() == Status.UP)
        .map(Host::number)
        .toList();
  }

  private int hostOf(NodeId id) {
    return world.hosts().stream().filter(h -> h.id().equals(id)).findFirst().orElseThrow().number();
  }
}
