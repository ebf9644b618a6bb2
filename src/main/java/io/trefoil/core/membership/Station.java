package io.trefoil.core.membership;

import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// What the parts of one node's membership share.
final class Station {

  private static final int RUN_SHIFT = 40;

  final MembershipSettings settings;
  final RandomGenerator random;
  final Self self;
  final MemberTable table;
  final Rota rota;
  final Rumours rumours;
  final LocalHealth health;
  private long numbers;

  Station(Self self, MembershipSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
    this.self = self;
    this.table = new MemberTable(self.claim());
    this.rota = new Rota(table, self.id(), settings.period().toMillis());
    this.rumours = new Rumours(self.id());
    this.health = new LocalHealth(settings.localHealthMax());
    this.numbers = self.claim().run() << RUN_SHIFT;
  }

  /// A number that no message of this node carried yet, in this run or an earlier one.
  long nextNumber() {
    return ++numbers;
  }

  /// N: the members not gone, this node included.
  int size() {
    return table.live() + 1;
  }

  /// How often a claim is sent: retransmit * ceil(log2(N+1)).
  int transmissions() {
    return settings.retransmit() * (Integer.SIZE - Integer.numberOfLeadingZeros(size()));
  }

  /// What goes into a packet for a node besides its own matter: if it is accused itself, that
  /// first, so that it can refute.
  List<Claim> newsFor(NodeId to) {
    return news(to, table.get(to));
  }

  /// A ping, number and all.
  MembershipMessage.Ping ping(long number, NodeId target) {
    return new MembershipMessage.Ping(number, target, self.claim(), newsFor(target));
  }

  /// A ping that tells its target what was heard about it, if that is more than what is held.
  MembershipMessage.Ping ping(long number, Claim heard) {
    NodeId target = heard.subject();
    return new MembershipMessage.Ping(
        number, target, self.claim(), news(target, stronger(heard, table.get(target))));
  }

  /// The same without other news, which would be wasted on somebody who perhaps hears nothing.
  MembershipMessage.Ping bare(long number, Claim heard) {
    NodeId target = heard.subject();
    Claim ofIt = stronger(heard, table.get(target));
    List<Claim> accusation = isAccusation(ofIt) ? List.of(ofIt) : List.of();
    return new MembershipMessage.Ping(number, target, self.claim(), accusation);
  }

  private static Claim stronger(Claim heard, Claim held) {
    return held == null || heard.overrides(held) ? heard : held;
  }

  private List<Claim> news(NodeId to, Claim ofIt) {
    boolean accused = ofIt != null && isAccusation(ofIt) && !self.is(to);
    if (!accused && rumours.isEmpty()) {
      return List.of();
    }
    int room = settings.payloadBytes() - self.claim().encodedBytes();
    if (!accused) {
      return rumours.take(room, transmissions(), to);
    }
    List<Claim> claims = new ArrayList<>();
    claims.add(ofIt);
    claims.addAll(rumours.take(room - ofIt.encodedBytes(), transmissions(), to));
    return claims;
  }

  /// Whether a claim is one that its subject would deny if it were alive.
  static boolean isAccusation(Claim claim) {
    return claim.state() == MemberState.SUSPECT || MemberTable.isGone(claim.state());
  }

  /// Where a claim's subject is reached.
  static Peer peer(Claim claim) {
    return new Peer(claim.subject(), claim.profile().address());
  }
}
