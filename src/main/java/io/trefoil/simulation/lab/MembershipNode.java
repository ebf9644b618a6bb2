package io.trefoil.simulation.lab;

import io.trefoil.core.machine.Check;
import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.Machine;
import io.trefoil.core.machine.News;
import io.trefoil.core.machine.Now;
import io.trefoil.core.machine.Sink;
import io.trefoil.core.membership.Claim;
import io.trefoil.core.membership.MembershipAlarm;
import io.trefoil.core.membership.MembershipMessage;
import io.trefoil.core.membership.Profile;
import io.trefoil.core.membership.Swim;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Message;
import io.trefoil.core.node.Node;
import io.trefoil.core.node.NodeSettings;
import io.trefoil.core.node.Recovered;
import io.trefoil.core.node.Write;
import java.util.List;
import java.util.SplittableRandom;

/// A node that is nothing but membership: the product's [Swim] in the product's envelopes, without
/// map, registers and clock. Ten thousand of them fit into one process.
final class MembershipNode implements Machine<Envelope, Alarm, Write> {

  private static final long CLUSTER = Node.clusterHash("simulated");

  private final Swim swim;
  private final NodeId id;
  private final long run;
  private final List<Claim> table;

  /// @param table what it is told as soon as it starts, as if a seed had welcomed it; empty if it
  ///   has to join
  MembershipNode(NodeSettings settings, Recovered recovered, long seed, List<Claim> table) {
    this.id = recovered.id();
    this.run = recovered.run();
    this.table = table;
    Profile profile = profile(settings.name(), settings.address());
    this.swim = new Swim(id, run, profile, settings.membership(), new SplittableRandom(seed));
  }

  /// What the node at an address says of itself.
  static Profile profile(String name, Address address) {
    return new Profile(name, address, "", 1, address.host() + ":8080", Node.WIRE_VERSION);
  }

  @Override
  public void on(Input<Envelope, Alarm> input, Now now, Sink<Envelope, Alarm, Write> out) {
    switch (input) {
      case Input.Heard(Peer from, Envelope envelope) ->
          feed(new Input.Heard<>(from, message(envelope)), now, out);
      case Input.Fired(Alarm alarm, long late) ->
          feed(new Input.Fired<>(((Alarm.OfMembership) alarm).alarm(), late), now, out);
      case Input.Told(News news) -> {
        feed(new Input.Told<>(news), now, out);
        if (news instanceof News.Started && !table.isEmpty()) {
          welcome(now, out);
        }
      }
      case Input.Persisted<?, ?> _,
          Input.Fetched<?, ?> _,
          Input.Scanned<?, ?> _,
          Input.Unreadable<?, ?> _,
          Input.Asked<?, ?> _ ->
          Check.that(false, "membership has no disk and no clients");
    }
  }

  private void welcome(Now now, Sink<Envelope, Alarm, Write> out) {
    Claim host = table.get(table.getFirst().subject().equals(id) ? 1 : 0);
    var from = new Peer(host.subject(), host.profile().address());
    feed(new Input.Heard<>(from, new MembershipMessage.Welcome(0, host, table)), now, out);
  }

  private static MembershipMessage message(Envelope envelope) {
    return ((Message.OfMembership) envelope.message()).message();
  }

  private void feed(
      Input<MembershipMessage, MembershipAlarm> input, Now now, Sink<Envelope, Alarm, Write> out) {
    swim.on(input, now, effect -> out.emit(outer(effect)));
  }

  private Effect<Envelope, Alarm, Write> outer(
      Effect<MembershipMessage, MembershipAlarm, Void> effect) {
    return switch (effect) {
      case Effect.Send(Peer to, MembershipMessage message) ->
          new Effect.Send<>(to, enveloped(to, message));
      case Effect.Wake(MembershipAlarm alarm, var after) ->
          new Effect.Wake<>(new Alarm.OfMembership(alarm), after);
      case Effect.Cancel(MembershipAlarm alarm) ->
          new Effect.Cancel<>(new Alarm.OfMembership(alarm));
      case Effect.Announce(Event event) -> new Effect.Announce<>(event);
      case Effect.Persist<?, ?, ?> _,
          Effect.Fetch<?, ?, ?> _,
          Effect.Scan<?, ?, ?> _,
          Effect.Reply<?, ?, ?> _ ->
          throw new IllegalStateException("membership has no disk and no clients");
    };
  }

  private Envelope enveloped(Peer to, MembershipMessage message) {
    return new Envelope(
        CLUSTER, id, run, to.id(), 0, HybridTimestamp.ZERO, new Message.OfMembership(message));
  }
}
