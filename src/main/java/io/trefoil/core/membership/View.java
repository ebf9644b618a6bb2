package io.trefoil.core.membership;

import io.trefoil.core.machine.Command;
import io.trefoil.core.machine.Event;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How claims change what is held: the precedence rule and its consequences.
///
/// Of two claims about a subject the one with the higher (run, incarnation) wins, then the later
/// state. What is held is only ever replaced by what wins, even where the state stays the same, so
/// evidence never goes backwards and the order of arrival does not matter.
final class View {

  private final Station station;
  private final Suspicions suspicions;
  private final Connectivity connectivity = new Connectivity();
  private final Map<NodeId, Long> absences = new LinkedHashMap<>();

  /// Since when those not held alive are held to be what they are.
  private final Map<NodeId, Long> changed = new LinkedHashMap<>();

  private final List<Claim> doubted = new ArrayList<>();
  private final List<Claim> hearsay = new ArrayList<>();
  private boolean refuted;
  private boolean isolated;

  View(Station station) {
    this.station = station;
    this.suspicions = new Suspicions(station.settings, station.health);
  }

  /// Whether this node holds itself to be cut off.
  boolean isIsolated() {
    return isolated;
  }

  /// Takes several claims.
  void learnAll(List<Claim> claims, Source source, Turn turn) {
    for (Claim claim : claims) {
      learn(claim, source, turn);
    }
  }

  /// Takes one claim.
  void learn(Claim heard, Source source, Turn turn) {
    if (station.self.is(heard.subject())) {
      hearOfSelf(heard);
      return;
    }
    Claim held = station.table.get(heard.subject());
    if (held == null) {
      meet(heard, source, turn);
    } else if (heard.overrides(held)) {
      override(held, heard, source, turn);
    } else if (heard.compareEvidence(held) == 0) {
      agree(held, heard, source, turn);
    }
  }

  /// This node's probe of a member failed.
  ///
  /// @param evidence what was held, or heard, when the probe began; refuted meanwhile, it counts
  ///   for nothing
  void missed(Claim evidence, Turn turn) {
    Claim held = station.table.get(evidence.subject());
    if (held == null || MemberTable.isGone(held.state())) {
      return;
    }
    Claim accusation = evidence.accusedBy(station.self.id(), MemberState.SUSPECT);
    if (accusation.overrides(held)) {
      connectivity.missed();
      adopt(held, accusation, Source.SUBJECT, turn);
    } else if (accusation.compareEvidence(held) == 0) {
      agree(held, accusation, Source.RUMOUR, turn);
    }
  }

  /// Whether answers come here, and from whom.
  Connectivity connectivity() {
    return connectivity;
  }

  /// Holds a live member dead at once.
  void condemn(Claim held, Turn turn) {
    adopt(held, held.accusedBy(station.self.id(), MemberState.DEAD), Source.SUBJECT, turn);
  }

  /// The operator says that a member will never be back. That is enough to condemn one that has
  /// been silent for long, also for a node that condemns nobody by itself because it is isolated:
  /// with all others gone it would be for ever.
  void giveUp(NodeId member, Turn turn) {
    Claim held = station.table.get(member);
    boolean isSilent =
        unreachableNanos(member, turn.nanos()) >= Command.ForceCouncil.SILENCE.toNanos();
    if (held != null && held.state() == MemberState.SUSPECT && isSilent) {
      condemn(held, turn);
    }
  }

  /// A suspect's time may be over.
  void suspicionExpired(NodeId subject, Turn turn) {
    if (!suspicions.isOver(subject, turn)) {
      return;
    }
    if (isolated) {
      suspicions.postpone(subject, turn);
    } else {
      condemn(station.table.get(subject), turn);
    }
  }

  /// This node stood still for a while.
  void paused(long pausedNanos, Turn turn) {
    suspicions.shift(pausedNanos, turn);
  }

  /// How long a member not held alive has been held to be what it is; 0 for one held alive.
  long unreachableNanos(NodeId subject, long nanos) {
    Long since = changed.get(subject);
    return since == null ? 0 : nanos - since;
  }

  /// Forgets what is about members that were forgotten.
  void sweep() {
    changed.keySet().removeIf(subject -> station.table.get(subject) == null);
  }

  /// Whether a member said it would be away, and that time is not over.
  boolean isAway(Claim member, Turn turn) {
    return member.state() == MemberState.RESTARTING
        && turn.nanos() < absences.getOrDefault(member.subject(), Long.MIN_VALUE);
  }

  /// The members that became suspect by rumour since the last call.
  List<Claim> takeDoubted() {
    return take(doubted);
  }

  /// The deaths heard of since the last call of members that are not suspect here.
  List<Claim> takeHearsay() {
    return take(hearsay);
  }

  /// Whether this node refuted a claim about itself since the last call.
  boolean takeRefuted() {
    boolean taken = refuted;
    refuted = false;
    return taken;
  }

  /// Settles whether this node is isolated. When it no longer is, its suspects get their whole time
  /// again and their accusations are spread again: the first ones went nowhere.
  void judgeIsolation(Turn turn) {
    boolean now = connectivity.isIsolated(station.table.live(), suspicions.size());
    if (now == isolated) {
      return;
    }
    isolated = now;
    turn.announce(new Event.Isolated(now));
    if (!now) {
      suspicions.restart(turn);
      suspicions.subjects().forEach(s -> station.rumours.add(station.table.get(s)));
    }
  }

  private static List<Claim> take(List<Claim> claims) {
    if (claims.isEmpty()) {
      return List.of();
    }
    List<Claim> taken = List.copyOf(claims);
    claims.clear();
    return taken;
  }

  private void hearOfSelf(Claim heard) {
    if (!station.self.refute(heard)) {
      return;
    }
    if (Station.isAccusation(heard)) {
      station.health.worsen(1);
      refuted = true;
    }
    station.table.put(station.self.claim());
    station.rumours.add(station.self.claim());
  }

  /// A first claim about a subject. That somebody unknown is gone is worth keeping while it is
  /// news, against older news overtaken on the way; out of a table it is not, or members long
  /// forgotten would be handed round for ever.
  private void meet(Claim heard, Source source, Turn turn) {
    if (!MemberTable.isGone(heard.state())) {
      adopt(null, heard, source, turn);
    } else if (source == Source.RUMOUR) {
      station.table.put(heard);
      changed.put(heard.subject(), turn.nanos());
    }
  }

  /// A stronger claim. That somebody is dead who is not even suspect here is hearsay: it may be the
  /// leftover of a split, and is put to its subject first. A suspect had the time to deny; that a
  /// table says so, perhaps for long, only confirms the suspicion.
  private void override(Claim held, Claim heard, Source source, Turn turn) {
    if (heard.state() != MemberState.DEAD || MemberTable.isGone(held.state())) {
      adopt(held, heard, source, turn);
    } else if (held.state() != MemberState.SUSPECT) {
      hearsay.add(heard);
    } else if (source == Source.RUMOUR) {
      adopt(held, heard, source, turn);
    } else {
      learn(heard.accusedBy(heard.accuser(), MemberState.SUSPECT), Source.RUMOUR, turn);
    }
  }

  /// An equal claim: another accuser, or newer data of the subject's.
  private void agree(Claim held, Claim heard, Source source, Turn turn) {
    if (held.state() == MemberState.SUSPECT) {
      if (suspicions.confirm(held.subject(), heard.accuser(), turn)) {
        station.rumours.add(heard);
      }
      return;
    }
    if (source == Source.RUMOUR) {
      station.rumours.heardAgain(heard);
    }
    if (isNewerData(held, heard, source)) {
      station.table.put(heard);
    }
  }

  /// Data of equal evidence: the subject's own word unless it was overtaken, or a higher epoch.
  private static boolean isNewerData(Claim held, Claim heard, Source source) {
    int byEpoch = Long.compare(heard.profile().epoch(), held.profile().epoch());
    return byEpoch > 0
        || byEpoch == 0 && source == Source.SUBJECT && !heard.profile().equals(held.profile());
  }

  private void adopt(Claim held, Claim claim, Source source, Turn turn) {
    NodeId subject = claim.subject();
    station.table.put(claim);
    suspicions.end(subject, turn);
    absences.remove(subject);
    noteChange(held, claim, turn);
    switch (claim.state()) {
      case SUSPECT -> {
        suspicions.begin(claim, station.size(), turn);
        if (source == Source.RUMOUR) {
          doubted.add(claim);
        }
      }
      case RESTARTING -> absences.put(subject, turn.nanos() + grantedNanos(claim));
      case ALIVE, DEAD, LEFT -> {}
    }
    if (source != Source.WELCOME) {
      spread(held, claim);
    }
    announce(held, claim, turn);
  }

  /// A member raises its incarnation to deny something, whether that was heard of here or not.
  private void spread(Claim held, Claim claim) {
    boolean denies =
        claim.state() == MemberState.ALIVE && held != null && claim.run() == held.run();
    if (denies) {
      station.rumours.addDenial(claim);
    } else {
      station.rumours.add(claim);
    }
  }

  private void noteChange(Claim held, Claim claim, Turn turn) {
    if (claim.state() == MemberState.ALIVE) {
      changed.remove(claim.subject());
    } else if (held == null || held.state() != claim.state()) {
      changed.put(claim.subject(), turn.nanos());
    }
  }

  private long grantedNanos(Claim claim) {
    long most = station.settings.absenceMax().toNanos();
    return claim.absence().compareTo(station.settings.absenceMax()) < 0
        ? claim.absence().toNanos()
        : most;
  }

  private static void announce(Claim held, Claim claim, Turn turn) {
    Optional<MemberState> before = Optional.ofNullable(held).map(Claim::state);
    if (before.isEmpty() || before.get() != claim.state()) {
      turn.announce(
          new Event.MemberChanged(claim.subject(), claim.profile().name(), before, claim.state()));
    }
  }
}
