package io.trefoil.core.register;

import io.trefoil.core.clock.HybridClock;
import io.trefoil.core.machine.Check;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.Machine;
import io.trefoil.core.machine.News;
import io.trefoil.core.machine.Now;
import io.trefoil.core.machine.Sink;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.register.RegisterMessage.Answer;
import io.trefoil.core.register.RegisterMessage.Ask;
import io.trefoil.core.register.RegisterMessage.Delegate;
import io.trefoil.core.register.RegisterMessage.Settle;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The register protocol of one node: a coordinator for the operations that come in here, and a
/// replica of the registers this node votes for. They talk to each other by messages like
/// strangers.
public final class Registers implements Machine<RegisterMessage, RegisterAlarm, RegisterWrite> {

  private final Coordinator coordinator;
  private final Replica replica;
  private final Recents recents;

  /// @param self this node
  /// @param directory who votes for what, and who is there
  /// @param clock this node's clock
  /// @param random for pauses
  /// @param settings what an operator or the simulator decides
  public Registers(
      NodeId self,
      Directory directory,
      HybridClock clock,
      RandomGenerator random,
      RegisterSettings settings) {
    Set<Rule> rules = settings.rules();
    this.recents = new Recents(settings.forgetful());
    this.replica = new Replica(self, directory, clock, rules, recents);
    this.coordinator =
        new Coordinator(self, directory, clock, random, rules, settings.maxOpenOperations());
  }

  /// The coordinator, to look at.
  public Coordinator coordinator() {
    return coordinator;
  }

  /// The replica, to look at.
  public Replica replica() {
    return replica;
  }

  @Override
  public void on(
      Input<RegisterMessage, RegisterAlarm> input,
      Now now,
      Sink<RegisterMessage, RegisterAlarm, RegisterWrite> out) {
    RegisterSink sink = out::emit;
    switch (input) {
      case Input.Heard(Peer from, RegisterMessage message) -> heard(from, message, now, sink);
      case Input.Fired(RegisterAlarm alarm, _) -> coordinator.fired(alarm, now, sink);
      case Input.Persisted(long ticket) -> replica.persisted(ticket, sink);
      case Input.Fetched(long ticket, var register) -> replica.fetched(ticket, register, now, sink);
      case Input.Scanned<?, ?> _ -> Check.that(false, "the registers are fetched one by one");
      case Input.Unreadable(long ticket) -> replica.unreadable(ticket, now, sink);
      case Input.Asked(long number, var request) -> coordinator.asked(number, request, now, sink);
      case Input.Told(News news) -> told(news, now);
    }
  }

  private void heard(Peer from, RegisterMessage message, Now now, RegisterSink out) {
    switch (message) {
      case Ask ask -> replica.asked(from, ask, now, out);
      case Settle settle -> replica.settled(settle);
      case Answer answer -> coordinator.heard(from, answer, now, out);
      case Delegate delegate -> coordinator.delegated(from, delegate, now, out);
    }
  }

  private void told(News news, Now now) {
    switch (news) {
      case News.Started() -> recents.begin(now);
      case News.SeedsResolved _, News.MapAdopted _, News.Leaving _, News.Restarting _ -> {
        // The directory tells what these change.
      }
    }
  }
}
