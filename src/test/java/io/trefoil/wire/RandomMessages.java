package io.trefoil.wire;

import io.trefoil.core.map.MapMember;
import io.trefoil.core.map.MapMessage;
import io.trefoil.core.membership.Claim;
import io.trefoil.core.membership.Digest;
import io.trefoil.core.membership.MembershipMessage;
import io.trefoil.core.membership.Profile;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.OperationKind;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stored;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Message;
import io.trefoil.core.register.Exchange;
import io.trefoil.core.register.Intent;
import io.trefoil.core.register.Recollection;
import io.trefoil.core.register.RegisterMessage;
import io.trefoil.core.register.Subject;
import io.trefoil.core.stabilization.BucketSums;
import io.trefoil.core.stabilization.StabilizationMessage;
import io.trefoil.core.stabilization.StabilizationMessage.Compare;
import io.trefoil.core.stabilization.StabilizationMessage.Compared;
import io.trefoil.core.stabilization.StabilizationMessage.Fetch;
import io.trefoil.core.stabilization.StabilizationMessage.ListKeys;
import io.trefoil.core.stabilization.StabilizationMessage.ListedKeys;
import io.trefoil.core.stabilization.StabilizationMessage.Misfit;
import io.trefoil.core.stabilization.StabilizationMessage.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Legal messages of every kind drawn from a seed. Each kind follows another in a ring that the
/// compiler keeps complete: a new kind of message does not compile until it has its place here.
public final class RandomMessages {

  private final RandomValues values;
  private Message last;

  /// The same messages for the same seed.
  public RandomMessages(long seed) {
    this.values = new RandomValues(seed);
    this.last = new Message.OfRegister(new RegisterMessage.Accepted(exchange()));
  }

  /// A message of the next kind in the ring.
  public Message next() {
    last =
        switch (last) {
          case Message.OfRegister(RegisterMessage.Delegated _) ->
              new Message.OfMembership(new MembershipMessage.Nack(values.bits()));
          case Message.OfRegister(var register) -> new Message.OfRegister(after(register));
          case Message.OfMembership(MembershipMessage.Reconcile _) ->
              new Message.OfMap(new MapMessage.Pull(values.count(0)));
          case Message.OfMembership(var membership) -> new Message.OfMembership(after(membership));
          case Message.OfMap(MapMessage.Surveyed _) ->
              new Message.OfStabilization(new Misfit(values.bits(), values.count(0)));
          case Message.OfMap(var map) -> new Message.OfMap(after(map));
          case Message.OfStabilization(ListedKeys _) ->
              new Message.OfRegister(new RegisterMessage.Accepted(exchange()));
          case Message.OfStabilization(var stabilization) ->
              new Message.OfStabilization(after(stabilization));
        };
    return last;
  }

  /// The next message with a header of its own.
  public Envelope nextEnvelope(long cluster) {
    return new Envelope(
        cluster,
        values.node(),
        values.count(1),
        new NodeId(values.bits()),
        values.count(0),
        values.time(),
        next());
  }

  private StabilizationMessage after(StabilizationMessage previous) {
    return switch (previous) {
      case Misfit _ ->
          new Compare(
              values.bits(),
              values.partition(),
              values.count(1),
              values.count(1),
              sums(),
              values.ballot());
      case Compare _ -> new Compared(values.bits(), values.count(1), sums(), values.ballotOrZero());
      case Compared _ ->
          new Fetch(
              values.bits(),
              values.partition(),
              values.count(1),
              values.bits() | 1,
              values.maybe(values::key));
      case Fetch _ ->
          new Page(
              values.bits(),
              values.maybe(values::key),
              stored(),
              values.maybe(values::key),
              values.ballotOrZero());
      case Page _ ->
          new ListKeys(
              values.bits(), values.partition(), values.count(1), values.maybe(values::key));
      case ListKeys _, ListedKeys _ ->
          new ListedKeys(
              values.bits(), List.of(values.key(), values.key()), values.maybe(values::key));
    };
  }

  private List<Stored> stored() {
    return List.of(
        new Stored(values.key(), Register.accepting(values.ballot(), values.record())),
        new Stored(values.key(), Register.accepting(values.ballot(), values.record())));
  }

  private BucketSums sums() {
    return BucketSums.EMPTY.plus(stored());
  }

  private RegisterMessage after(RegisterMessage previous) {
    return switch (previous) {
      case RegisterMessage.Accepted _ -> new RegisterMessage.Read(exchange(), subject(), kind());
      case RegisterMessage.Read _ ->
          new RegisterMessage.Reported(
              exchange(), values.ballotOrZero(), values.maybe(values::record));
      case RegisterMessage.Reported _ ->
          new RegisterMessage.Prepare(exchange(), subject(), values.ballot(), intent());
      case RegisterMessage.Prepare _ -> promised();
      case RegisterMessage.Promised _ ->
          new RegisterMessage.Accept(
              exchange(),
              subject(),
              values.ballot(),
              values.record(),
              values.oneOf(RegisterMessage.Footing.values()),
              kind());
      case RegisterMessage.Accept _ ->
          new RegisterMessage.Outbid(exchange(), values.ballotOrZero());
      case RegisterMessage.Outbid _ -> new RegisterMessage.TooFarAhead(exchange(), values.bits());
      case RegisterMessage.TooFarAhead _ ->
          new RegisterMessage.WrongEpoch(exchange(), values.count(0));
      case RegisterMessage.WrongEpoch _ ->
          new RegisterMessage.Settle(values.some(4, this::settled));
      case RegisterMessage.Settle _ ->
          new RegisterMessage.Delegate(exchange(), values.count(1), values.request());
      case RegisterMessage.Delegate _ ->
          new RegisterMessage.Delegated(exchange(), values.outcome());
      case RegisterMessage.Delegated _ -> new RegisterMessage.Accepted(exchange());
    };
  }

  private RegisterMessage.Promised promised() {
    return new RegisterMessage.Promised(
        exchange(),
        values.ballotOrZero(),
        values.maybe(values::record),
        values.ballotOrZero(),
        new Recollection(
            values.maybe(values::ballot), values.maybe(this::acceptance), values.count(0)));
  }

  private Recollection.Acceptance acceptance() {
    return new Recollection.Acceptance(values.version(), values.ballot());
  }

  private RegisterMessage.Settled settled() {
    return new RegisterMessage.Settled(values.key(), values.partition(), values.ballot());
  }

  private Intent intent() {
    return new Intent(kind(), values.condition(), values.version(), values.bits());
  }

  private OperationKind kind() {
    return values.oneOf(OperationKind.values());
  }

  private Exchange exchange() {
    return new Exchange(values.bits(), values.size(1));
  }

  private Subject subject() {
    return new Subject(values.key(), values.partition(), values.count(0));
  }

  private MembershipMessage after(MembershipMessage previous) {
    return switch (previous) {
      case MembershipMessage.Nack _ ->
          new MembershipMessage.Ping(values.bits(), values.node(), claim(), claims());
      case MembershipMessage.Ping _ -> new MembershipMessage.Ack(values.bits(), claim(), claims());
      case MembershipMessage.Ack _ ->
          new MembershipMessage.Relay(
              values.bits(), new Peer(values.node(), values.address()), time(), claims());
      case MembershipMessage.Relay _ ->
          new MembershipMessage.WrongTarget(values.bits(), values.node(), claim());
      case MembershipMessage.WrongTarget _ -> new MembershipMessage.Gossip(claims());
      case MembershipMessage.Gossip _ -> new MembershipMessage.Join(values.bits(), claim());
      case MembershipMessage.Join _ ->
          new MembershipMessage.Welcome(values.bits(), claim(), claims());
      case MembershipMessage.Welcome _ -> new MembershipMessage.Compare(digest());
      case MembershipMessage.Compare _ -> new MembershipMessage.Differ(buckets(), claims());
      case MembershipMessage.Differ _ -> new MembershipMessage.Reconcile(claims());
      case MembershipMessage.Reconcile _ -> new MembershipMessage.Nack(values.bits());
    };
  }

  private List<Claim> claims() {
    return values.some(4, this::claim);
  }

  /// A claim, its accuser the subject or another.
  public Claim claim() {
    var subject = values.node();
    return new Claim(
        subject,
        values.count(1),
        values.count(0),
        values.oneOf(MemberState.values()),
        values.oneOf(subject, values.node()),
        time(),
        profile());
  }

  private Profile profile() {
    return new Profile(
        values.text(255),
        values.address(),
        values.text(255),
        values.size(1),
        values.text(255),
        values.size(0),
        values.count(0),
        values.below(101));
  }

  private Duration time() {
    return values.oneOf(
        Duration.ZERO, Duration.ofMillis(values.below(10_000)), Duration.ofDays(30));
  }

  private Digest digest() {
    var sums = new int[Digest.BUCKETS];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = (int) values.bits();
    }
    return new Digest(sums);
  }

  private List<Integer> buckets() {
    var buckets = new ArrayList<Integer>();
    int oneIn = values.oneOf(1, 2, 100);
    for (int bucket = 0; bucket < Digest.BUCKETS; bucket++) {
      if (values.below(oneIn) == 0) {
        buckets.add(bucket);
      }
    }
    return buckets;
  }

  private MapMessage after(MapMessage previous) {
    return switch (previous) {
      case MapMessage.Pull _ -> new MapMessage.Inquire(values.mapBallot(), values.member());
      case MapMessage.Inquire _ ->
          new MapMessage.Unmapped(
              values.mapBallot(), values.member(), values.mapBallot(), values.maybe(values::map));
      case MapMessage.Unmapped _ ->
          new MapMessage.Preempted(values.mapBallot(), values.mapBallot());
      case MapMessage.Preempted _ -> new MapMessage.Propose(values.mapBallot(), values.map());
      case MapMessage.Propose _ -> new MapMessage.Endorsed(values.mapBallot(), values.node());
      case MapMessage.Endorsed _ -> new MapMessage.Decided(values.map());
      case MapMessage.Decided _ -> new MapMessage.Advanced(values.delta());
      case MapMessage.Advanced _ -> new MapMessage.Prepare(values.count(1), values.mapBallot());
      case MapMessage.Prepare _ ->
          new MapMessage.Promised(
              values.count(1), values.mapBallot(), values.mapBallot(), values.maybe(values::map));
      case MapMessage.Promised _ ->
          new MapMessage.Accept(values.count(1), values.mapBallot(), values.map());
      case MapMessage.Accept _ -> new MapMessage.Accepted(values.count(1), values.mapBallot());
      case MapMessage.Accepted _ ->
          new MapMessage.Outbid(values.count(1), values.mapBallot(), values.mapBallot());
      case MapMessage.Outbid _ -> new MapMessage.Report(values.count(1), values.progress());
      case MapMessage.Report _ ->
          new MapMessage.Noted(
              values.count(1), values.coin(), values.summary(), values.partitions(), values.node());
      case MapMessage.Noted _ ->
          new MapMessage.Order(
              values.count(1), values.text(255), values.oneOf(MapMember.Standing.values()));
      case MapMessage.Order _ ->
          new MapMessage.Answered(values.count(1), values.maybe(() -> "no: " + values.text(99)));
      case MapMessage.Answered _ -> new MapMessage.MayStop(values.count(1), values.text(99));
      case MapMessage.MayStop _ -> new MapMessage.Survey(values.count(1), values.partitionOrNone());
      case MapMessage.Survey _ ->
          new MapMessage.Surveyed(values.count(1), values.stocks(), values.nodes());
      case MapMessage.Surveyed _ -> new MapMessage.Pull(values.count(0));
    };
  }
}
