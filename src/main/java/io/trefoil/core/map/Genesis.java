package io.trefoil.core.map;

import io.trefoil.core.map.MapMessage.Advanced;
import io.trefoil.core.map.MapMessage.Answered;
import io.trefoil.core.map.MapMessage.Decided;
import io.trefoil.core.map.MapMessage.Endorsed;
import io.trefoil.core.map.MapMessage.Inquire;
import io.trefoil.core.map.MapMessage.MayStop;
import io.trefoil.core.map.MapMessage.Noted;
import io.trefoil.core.map.MapMessage.OfSynod;
import io.trefoil.core.map.MapMessage.Order;
import io.trefoil.core.map.MapMessage.Preempted;
import io.trefoil.core.map.MapMessage.Propose;
import io.trefoil.core.map.MapMessage.Pull;
import io.trefoil.core.map.MapMessage.Report;
import io.trefoil.core.map.MapMessage.Survey;
import io.trefoil.core.map.MapMessage.Surveyed;
import io.trefoil.core.map.MapMessage.Unmapped;
import io.trefoil.core.map.MapWrite.GenesisVote;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.Peer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How a node without a map gets the first one (docs/protocols/map.md, docs/decisions/0004): the
/// seeds decide it, once; everybody else asks them for it.
///
/// ## Why there is at most one first map
///
/// One decision of Paxos (Lamport, "Paxos Made Simple", 2001) with the quorums of Flexible Paxos
/// (Howard, Malkhi, Spiegelman, 2016): **every** seed has to promise a ballot before a map is
/// proposed under it, a **majority** has to accept it.
///
/// *Disks that last.* Say map M was accepted by a majority S under ballot b, and let some map be
/// proposed under a ballot c > b. Its proposer holds a promise of c from every seed, so also from a
/// seed s of S. Having promised c, s refuses b; so it accepted b first and reported that with its
/// promise, or reported a map accepted under a ballot between b and c. The proposer takes the map
/// of the highest ballot reported, which by induction over the ballots from b to c is M. Two
/// different maps never go out under one ballot: a seed proposes only after its own promise of that
/// ballot is durable, and draws above it ever after.
///
/// *Disks that are lost.* A seed with an empty disk answers as if nothing had ever happened, which
/// Paxos does not allow for. Here it does no harm while one seed of each majority keeps its disk:
/// the argument above needs a single s, and whoever proposes has heard from all. So fewer than a
/// majority of lost disks never found a second cluster, and however many are lost, none is founded
/// while a seed that knows of the first cannot be reached: silence is never taken for "no map". Two
/// rules go with it. Promises count by the seed's address, so that a seed which promised, lost its
/// disk and promised again under a new id is one seed; and acceptances count only from the ids that
/// promised this ballot, for the same reason.
///
/// *The list of seeds must be the same everywhere.* Two lists that differ are two sets of voters.
///
/// ## Why it comes to an end
///
/// The first seed in address order asks at once, the others wait their turn, and whoever hears of a
/// ballot as high as any it knows stays quiet for a random while. The leading seed repeats its
/// questions every period, so the others stay quiet as long as it lives, however long a seed is
/// missing: waiting writes nothing to disk.
final class Genesis {

  /// Between two questions; longer: less traffic before the cluster exists, later first map.
  static final Duration PERIOD = Duration.ofMillis(300);

  /// How long a seed leaves the lead to another at least: some lost questions long.
  private static final Duration DEFERENCE = PERIOD.multipliedBy(4);

  private final MapMember self;
  private final Peer me;
  private final Seeds seeds;
  private final Elector elector;
  private final Founder founder;
  private final Journal journal;
  private final RandomGenerator random;

  /// From when on this seed may lead, on the monotonic clock.
  private long turnNanos;

  Genesis(
      MapMember self,
      Founding founding,
      GenesisVote vote,
      Journal journal,
      RandomGenerator random) {
    this.self = self;
    this.me = new Peer(self.id(), self.address());
    this.seeds = new Seeds(self, founding.seeds());
    this.elector = new Elector(self, vote);
    this.founder = new Founder(self, founding, vote.promised(), random);
    this.journal = journal;
    this.random = random;
  }

  Seeds seeds() {
    return seeds;
  }

  /// The first map, if this node got a majority to accept it.
  Optional<ClusterMap> decided() {
    return founder.decided();
  }

  /// The seeds' names were resolved. Asks at once when there is somebody new to ask.
  void resolved(List<Address> resolved, Moment at) {
    var before = seeds.addresses();
    boolean wasSeed = seeds.includeSelf();
    seeds.resolved(resolved);
    if (seeds.includeSelf() && !wasSeed) {
      turnNanos = at.nanos() + DEFERENCE.multipliedBy(seeds.rank()).toNanos();
    }
    if (!seeds.addresses().equals(before)) {
      ask(at);
    }
  }

  /// A period has passed without a map.
  void periodPassed(Moment at) {
    seeds.periodPassed();
    ask(at);
  }

  /// A message came, or was sent by this node to itself.
  void heard(Peer from, MapMessage message, Moment at) {
    switch (message) {
      case Inquire inquire -> inquired(from, inquire, at);
      case Propose propose -> proposed(from, propose, at);
      case Unmapped promise -> {
        seeds.heard(promise.self());
        founder.promised(promise, seeds.addresses()).ifPresent(proposal -> toAll(proposal, at));
      }
      case Endorsed endorsed -> founder.endorsed(endorsed);
      case Preempted preempted -> follow(preempted.promised(), at);
      case Pull _ -> send(from, nothingKnown(), at);
      case Decided _,
          Advanced _,
          OfSynod _,
          Report _,
          Noted _,
          Order _,
          MayStop _,
          Survey _,
          Surveyed _,
          Answered _ -> {
        // A map is taken before it comes here; the rest is for whoever has one.
      }
    }
  }

  /// Asks the seeds to promise if it is this node's turn, else only whether there is a map by now.
  private void ask(Moment at) {
    if (seeds.includeSelf() && at.nanos() >= turnNanos) {
      toAll(founder.ask(), at);
    } else {
      seeds.others().forEach(seed -> at.send(Peer.at(seed), new Pull(0)));
    }
  }

  private void inquired(Peer from, Inquire inquire, Moment at) {
    seeds.heard(inquire.candidate());
    if (seeds.includeSelf()) {
      defer(from, inquire.ballot(), at);
      vote(from, Optional.of(elector.answer(inquire)), at);
    }
  }

  private void proposed(Peer from, Propose propose, Moment at) {
    defer(from, propose.ballot(), at);
    vote(from, elector.answer(propose), at);
  }

  /// Sends an answer when the vote it rests on is durable.
  private void vote(Peer to, Optional<MapMessage> answer, Moment at) {
    elector.changed().ifPresent(vote -> journal.write(vote, at));
    answer.ifPresent(a -> journal.then(at, later -> send(to, a, later)));
  }

  private void defer(Peer to, MapBallot ballot, Moment at) {
    if (!to.equals(me)) {
      follow(ballot, at);
    }
  }

  /// Leaves the lead to whoever holds this ballot, if it is the highest.
  private void follow(MapBallot ballot, Moment at) {
    if (founder.heardOf(ballot)) {
      long deference = DEFERENCE.toNanos();
      turnNanos = at.nanos() + deference + random.nextLong(deference);
    }
  }

  private Unmapped nothingKnown() {
    return new Unmapped(MapBallot.ZERO, self, MapBallot.ZERO, Optional.empty());
  }

  private void toAll(MapMessage message, Moment at) {
    seeds.addresses().forEach(seed -> send(Peer.at(seed), message, at));
  }

  private void send(Peer to, MapMessage message, Moment at) {
    if (to.address().equals(self.address())) {
      heard(me, message, at);
    } else {
      at.send(to, message);
    }
  }
}
