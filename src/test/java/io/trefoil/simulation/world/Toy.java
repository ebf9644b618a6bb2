package io.trefoil.simulation.world;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.Machine;
import io.trefoil.core.machine.News;
import io.trefoil.core.machine.Now;
import io.trefoil.core.machine.Sink;
import io.trefoil.core.map.MapAlarm;
import io.trefoil.core.map.MapMessage;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Request;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Message;
import io.trefoil.core.node.NodeSettings;
import io.trefoil.core.node.Recovered;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.RegisterWrite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// A machine that does what a test tells it to, and notes what it hears.
final class Toy implements Machine<Envelope, Alarm, Write> {

  static final Key KEY = new Key("k");
  static final Alarm ONE = new Alarm.OfMap(new MapAlarm.InquiryDue());
  static final Alarm OTHER = new Alarm.OfMap(new MapAlarm.PullDue());

  final NodeSettings settings;
  final Recovered recovered;
  final List<Input<Envelope, Alarm>> heard = new ArrayList<>();
  final List<Now> times = new ArrayList<>();
  private final BiConsumer<Toy, Input<Envelope, Alarm>> behaviour;
  private Sink<Envelope, Alarm, Write> out;

  Toy(
      NodeSettings settings,
      Recovered recovered,
      BiConsumer<Toy, Input<Envelope, Alarm>> behaviour) {
    this.settings = settings;
    this.recovered = recovered;
    this.behaviour = behaviour;
  }

  @Override
  public void on(Input<Envelope, Alarm> input, Now now, Sink<Envelope, Alarm, Write> sink) {
    out = sink;
    if (!(input instanceof Input.Told<Envelope, Alarm>(News.SeedsResolved _))) {
      heard.add(input);
      times.add(now);
    }
    behaviour.accept(this, input);
  }

  void send(int host, long number) {
    send(Host.address(host), number);
  }

  void send(Address address, long number) {
    var to = new Peer(NodeId.NONE, address);
    Message message = new Message.OfMap(new MapMessage.Pull(number));
    var envelope =
        new Envelope(
            0, recovered.id(), recovered.run(), NodeId.NONE, 0, HybridTimestamp.ZERO, message);
    out.emit(new Effect.Send<>(to, envelope));
  }

  void wake(Alarm alarm, long millis) {
    out.emit(new Effect.Wake<>(alarm, Duration.ofMillis(millis)));
  }

  void cancel(Alarm alarm) {
    out.emit(new Effect.Cancel<>(alarm));
  }

  void persist(long number) {
    var write = new RegisterWrite.Changed(0, KEY, register(number));
    out.emit(new Effect.Persist<>(number, new Write.OfRegister(write)));
  }

  void fetch(long ticket) {
    out.emit(new Effect.Fetch<>(ticket, 0, KEY));
  }

  void reply(long number) {
    out.emit(new Effect.Reply<>(number, new Outcome.Found(Optional.empty())));
  }

  static Register register(long number) {
    var ballot = new Ballot(1, new HybridTimestamp(number), NodeId.NONE, number);
    return new Register(ballot, Ballot.ZERO, Optional.empty());
  }

  static Request request() {
    return Request.of(
        new io.trefoil.core.model.Operation.Get(
            KEY, io.trefoil.core.model.Consistency.LINEARIZABLE));
  }

  /// The numbers of the packets heard, in order.
  List<Long> numbers() {
    var numbers = new ArrayList<Long>();
    for (var input : heard) {
      if (input instanceof Input.Heard<Envelope, Alarm>(var _, Envelope envelope)
          && envelope.message() instanceof Message.OfMap(MapMessage.Pull(long number))) {
        numbers.add(number);
      }
    }
    return numbers;
  }
}
