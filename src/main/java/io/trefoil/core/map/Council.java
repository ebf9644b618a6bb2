package io.trefoil.core.map;

import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.map.MapMessage.Answered;
import io.trefoil.core.map.MapMessage.MayStop;
import io.trefoil.core.map.MapMessage.Noted;
import io.trefoil.core.map.MapMessage.OfSynod;
import io.trefoil.core.map.MapMessage.Order;
import io.trefoil.core.map.MapMessage.Report;
import io.trefoil.core.map.MapMessage.Survey;
import io.trefoil.core.map.MapMessage.Surveyed;
import io.trefoil.core.map.MapWrite.CouncilVote;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// This node's part in the council, while the map in force names it there: it votes on the next
/// map, takes reports, grants leases, and proposes maps if it is the steward.
final class Council {

  /// How long a member leaves it to the steward to finish what it has accepted, at least.
  private static final Duration DEFERENCE = Duration.ofSeconds(2);

  /// How long the steps of moves are gathered, unless all that is on its way has arrived. Every map
  /// costs every node: it is written, sent, compared with; requests under way begin anew.
  private static final Duration GATHERING = Duration.ofSeconds(2);

  private final NodeId self;
  private final Surroundings surroundings;
  private final Post post;
  private final RandomGenerator random;
  private final Grants grants;
  private final Synod synod;
  private final Steward steward;
  private final Targets targets = new Targets();
  private final Reports reports = new Reports();
  private final RollCall rollCall = new RollCall();
  private final Wishes wishes = new Wishes();
  private final Stops stops = new Stops();
  private Optional<ClusterMap> map = Optional.empty();
  private Roll roll = new Roll(new TreeMap<>());
  private Summary summary = Summary.NONE;
  private Optional<Basis> basis = Optional.empty();
  private boolean restful;
  private long inForceNanos;

  /// From when on this member finishes what it has accepted, if it has accepted anything.
  private Optional<Long> finishNanos = Optional.empty();

  /// What the council's judgement follows from.
  ///
  /// @param there who is there
  /// @param reports how often what nodes report has changed
  /// @param wishes the operator's
  private record Basis(
      ClusterMap map, List<MapMember> there, long reports, Map<String, Standing> wishes) {}

  Council(
      NodeId self,
      MapPolicy policy,
      CouncilVote vote,
      Surroundings surroundings,
      Journal journal,
      Post post,
      Set<Rule> rules,
      RandomGenerator random) {
    this.self = self;
    this.surroundings = surroundings;
    this.post = post;
    this.random = random;
    grants = new Grants(policy, rules);
    synod = new Synod(self, vote, grants, journal, post, rules, random);
    steward = new Steward(policy, targets, rules);
  }

  /// A map came into force.
  void inForce(ClusterMap next, Moment at) {
    finishNanos = Optional.empty();
    inForceNanos = at.nanos();
    if (next.council().contains(self)) {
      map = Optional.of(next);
      synod.begin(next);
      grants.inForce(next, at.nanos());
      reports.retain(next);
      wishes.inForce(next);
    } else {
      map = Optional.empty();
      synod.end();
    }
  }

  /// Whether this node is on the council.
  boolean isSeated() {
    return map.isPresent();
  }

  /// The next map, if this node got a majority to accept it.
  Optional<ClusterMap> decided() {
    return isSeated() ? synod.decided() : Optional.empty();
  }

  /// Looks around, and proposes what is due.
  ///
  /// @param late whether this comes so late that what is seen may be old
  void round(boolean late, Moment at) {
    if (map.isEmpty()) {
      return;
    }
    roll = rollCall.call(map.get(), surroundings.sightings(at.now()), at.now());
    audit(map.get());
    boolean blind = late || surroundings.isIsolated();
    synod.pursue(blind ? Optional.empty() : proposal(map.get(), at), at);
  }

  /// Asks those council members again that have not answered.
  void attemptDue(Moment at) {
    synod.attemptDue(at);
  }

  /// A word about the next map.
  void heard(Peer from, OfSynod message, Moment at) {
    synod.heard(from, message, at);
  }

  void reported(Peer from, Report report, Moment at) {
    if (map.isEmpty()) {
      return;
    }
    reports.take(from.id(), report, at.nanos());
    boolean granted =
        grants.grant(from.id(), report.progress().epoch(), synod.unfinished(), at.nanos());
    var droppable = auditor(map.get()).droppable(from.id());
    post.answer(
        from, new Noted(report.number(), granted, summary, droppable, steward(map.get())), at);
  }

  void ordered(Peer from, Order order, Moment at) {
    if (map.isPresent() && steward(map.get()).equals(self)) {
      wishes.heard(order, map.get()).ifPresent(answer -> post.answer(from, answer, at));
    }
  }

  /// Lets a member be stopped for a while, if it can be spared.
  void mayStop(Peer from, MayStop question, Moment at) {
    if (map.isPresent() && steward(map.get()).equals(self)) {
      var refusal = stops.ask(question.name(), map.get(), roll, reports, at.nanos());
      post.answer(from, new Answered(question.number(), refusal), at);
    }
  }

  void surveyed(Peer from, Survey question, Moment at) {
    map.map(known -> survey(known, question)).ifPresent(told -> post.answer(from, told, at));
  }

  private Surveyed survey(ClusterMap inForce, Survey question) {
    int partition = question.partition();
    boolean isOne = partition >= 0 && partition < inForce.partitions().count();
    var complete = isOne ? reports.complete(partition, inForce) : List.<NodeId>of();
    return new Surveyed(question.number(), reports.stocks(), complete);
  }

  /// How whole the cluster is, as this member makes it out.
  Summary summary() {
    return summary;
  }

  /// Who proposes maps: the first member there.
  Optional<NodeId> steward() {
    return map.map(this::steward);
  }

  /// How far a node's copies are, as it said last.
  Optional<Progress> progressOf(NodeId node) {
    return reports.of(node);
  }

  private NodeId steward(ClusterMap inForce) {
    return inForce.council().stream().filter(roll::isThere).findFirst().orElse(self);
  }

  private Optional<ClusterMap> proposal(ClusterMap inForce, Moment at) {
    var unfinished = synod.unfinished();
    if (steward(inForce).equals(self)) {
      return unfinished.or(() -> wanted(inForce, at));
    }
    finishNanos = unfinished.map(_ -> finishNanos.orElseGet(() -> patience(at.nanos())));
    return unfinished.filter(_ -> at.nanos() >= finishNanos.orElseThrow());
  }

  private long patience(long nanos) {
    return nanos + DEFERENCE.toNanos() + random.nextLong(DEFERENCE.toNanos());
  }

  private Scene scene(ClusterMap inForce, long nanos) {
    return new Scene(
        inForce, roll, reports, nodes -> grants.areSilent(nodes, nanos), wishes.byName());
  }

  private void audit(ClusterMap inForce) {
    var now =
        Optional.of(
            new Basis(inForce, roll.there(), reports.changes(), new TreeMap<>(wishes.byName())));
    if (!now.equals(basis)) {
      basis = now;
      summary = auditor(inForce).summary();
      restful = false;
    }
  }

  /// What the steward wants next. While nobody is missing, and nothing is new since it wanted
  /// nothing, it is not asked: a large map is long to look through.
  private Optional<ClusterMap> wanted(ClusterMap inForce, Moment at) {
    if (restful) {
      return Optional.empty();
    }
    var next = steward.next(scene(inForce, at.nanos()));
    restful = next.isEmpty() && roll.isFull();
    boolean isGathered = at.nanos() - inForceNanos >= GATHERING.toNanos();
    return next.filter(map -> isGathered || !isOneStepOfMany(inForce, map));
  }

  /// Whether a map does nothing but go on with some of the moves under way.
  private static boolean isOneStepOfMany(ClusterMap inForce, ClusterMap next) {
    return next.members().equals(inForce.members())
        && next.council().equals(inForce.council())
        && IntStream.range(0, inForce.replicaSets().size())
            .filter(partition -> !inForce.replicaSet(partition).isStable())
            .anyMatch(p -> next.replicaSet(p).equals(inForce.replicaSet(p)));
  }

  private Auditor auditor(ClusterMap inForce) {
    List<List<NodeId>> wanted = targets.of(inForce, inForce.members());
    return new Auditor(inForce, roll, reports, wanted);
  }
}
