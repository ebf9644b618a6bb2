package io.trefoil.core.membership;

import java.time.Duration;

/// The knobs of the membership protocol (protocol §2; docs/decisions/0005 has the measurements). N
/// is the number of members not gone, h the local health from 0 (well) to `localHealthMax`.
///
/// @param period T: one member is probed each T*(1+h). Default 500 ms. Raising it: less traffic
///   (bytes/s fall as 1/T), slower detection (first suspicion after about T/2 + T)
/// @param pingEvery how long a probe waits for an answer before it pings again, until T, times
///   (1+h). Default 30 ms. Raising it: fewer packets to members that are dead or farther away than
///   that, more false suspicions under loss
/// @param relayAfter when relays are asked, after the probe's start, times (1+h). Default 300 ms.
///   Raising it: fewer relayed probes, less time for relays, which have T - relayAfter
/// @param relays how many members are asked to relay. Default 4. Raising it: fewer false
///   suspicions, more packets for each dead member
/// @param suspicionMin the shortest time between suspect and dead, reached after `confirmations`.
///   Default 750 ms. Raising it: fewer false deaths of paused nodes, later detection by about as
///   much
/// @param suspicionSpread longest time between suspect and dead, as a multiple of the shortest: max
///   = suspicionSpread * suspicionMin. Default 6. Raising it: safer while unconfirmed, slower when
///   confirmations get lost
/// @param confirmations k = min(confirmations, N-2): how many further accusers shorten the time to
///   suspicionMin. Default 2. Raising it: safer, slower
/// @param opinions how many members, on average, probe a suspect out of turn when they first hear
///   of it, each with probability opinions/(N-2). Default 4. Raising it: earlier confirmation and
///   refutation, that many more probes for each suspicion in the whole cluster
/// @param gossipEvery time between rounds of gossip while there is news. Default 100 ms. Raising
///   it: slower spread (about log2(N)/2 rounds), fewer packets
/// @param gossipPeers to how many members each round goes. Default 3. Raising it: faster spread,
///   more packets
/// @param retransmit how often a claim is sent: retransmit*ceil(log2(N+1)) times by each member
///   that learnt it. Default 5. Raising it: fewer members missed, more bytes for each change
/// @param payloadBytes room for claims in one packet. Default 1,000: a datagram of 1,200 less
///   frame, envelope and fixed fields. Raising it: more news a packet, until packets no longer fit
/// @param compareEvery time between comparisons of digests with a random member. Default 10 s.
///   Raising it: about 2.3 kB less for each, later repair of what gossip missed
/// @param healEvery time between attempts to reach a dead member or an unknown seed, each made with
///   probability min(1, lost/N). Default 5 s. Raising it: a healed network is noticed later
/// @param retention how long gone members are remembered, at least; at most twice that. Default 1
///   h. Raising it: more memory, longer protection from claims out of the past, and healing after
///   longer splits
/// @param absenceMax the longest absence that a restarting member is granted. Default 10 min.
///   Raising it: one that never returns is noticed later
/// @param localHealthMax the worst local health. Default 7. Raising it: a struggling node accuses
///   even more slowly
public record MembershipSettings(
    Duration period,
    Duration pingEvery,
    Duration relayAfter,
    int relays,
    Duration suspicionMin,
    int suspicionSpread,
    int confirmations,
    int opinions,
    Duration gossipEvery,
    int gossipPeers,
    int retransmit,
    int payloadBytes,
    Duration compareEvery,
    Duration healEvery,
    Duration retention,
    Duration absenceMax,
    int localHealthMax) {

  /// The defaults.
  public static final MembershipSettings DEFAULT =
      new MembershipSettings(
          Duration.ofMillis(500),
          Duration.ofMillis(30),
          Duration.ofMillis(300),
          4,
          Duration.ofMillis(750),
          6,
          2,
          4,
          Duration.ofMillis(100),
          3,
          5,
          1_000,
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofHours(1),
          Duration.ofMinutes(10),
          7);

  /// Refuses what cannot work.
  ///
  /// @throws IllegalArgumentException with a sentence naming the knob
  public MembershipSettings {
    refuseUnless(pingEvery.isPositive(), "pingEvery must be above 0");
    refuseUnless(relayAfter.compareTo(period) < 0, "relayAfter must be shorter than period");
    refuseUnless(suspicionMin.isPositive(), "suspicionMin must be above 0");
    refuseUnless(suspicionSpread >= 1, "suspicionSpread must be at least 1");
    refuseUnless(gossipEvery.isPositive(), "gossipEvery must be above 0");
    refuseUnless(compareEvery.isPositive(), "compareEvery must be above 0");
    refuseUnless(healEvery.isPositive(), "healEvery must be above 0");
    refuseUnless(retention.compareTo(healEvery) > 0, "retention must be longer than healEvery");
    refuseUnless(gossipPeers >= 1, "gossipPeers must be at least 1");
    refuseUnless(retransmit >= 1, "retransmit must be at least 1");
    refuseUnless(
        relays >= 0 && confirmations >= 0 && opinions >= 0 && localHealthMax >= 0,
        "relays, confirmations, opinions and localHealthMax must not be negative");
  }

  /// The same with another probe period.
  ///
  /// @throws IllegalArgumentException if the relays would no longer fit into it
  public MembershipSettings withPeriod(Duration newPeriod) {
    return new MembershipSettings(
        newPeriod,
        pingEvery,
        relayAfter,
        relays,
        suspicionMin,
        suspicionSpread,
        confirmations,
        opinions,
        gossipEvery,
        gossipPeers,
        retransmit,
        payloadBytes,
        compareEvery,
        healEvery,
        retention,
        absenceMax,
        localHealthMax);
  }

  /// The same with another shortest suspicion.
  public MembershipSettings withSuspicionMin(Duration newMin) {
    return new MembershipSettings(
        period,
        pingEvery,
        relayAfter,
        relays,
        newMin,
        suspicionSpread,
        confirmations,
        opinions,
        gossipEvery,
        gossipPeers,
        retransmit,
        payloadBytes,
        compareEvery,
        healEvery,
        retention,
        absenceMax,
        localHealthMax);
  }

  /// The same with another number of second opinions; 0 for none.
  public MembershipSettings withOpinions(int newOpinions) {
    return new MembershipSettings(
        period,
        pingEvery,
        relayAfter,
        relays,
        suspicionMin,
        suspicionSpread,
        confirmations,
        newOpinions,
        gossipEvery,
        gossipPeers,
        retransmit,
        payloadBytes,
        compareEvery,
        healEvery,
        retention,
        absenceMax,
        localHealthMax);
  }

  private static void refuseUnless(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("membership: " + rule);
    }
  }
}
