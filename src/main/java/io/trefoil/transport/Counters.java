package io.trefoil.transport;

import io.trefoil.core.node.Message;
import io.trefoil.transport.TransportStats.Direction;
import io.trefoil.transport.TransportStats.Line;
import io.trefoil.transport.TransportStats.Path;
import io.trefoil.transport.TransportStats.Protocol;
import io.trefoil.transport.TransportStats.Subject;
import io.trefoil.transport.TransportStats.Traffic;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What a transport counts: written on its event loop, read anywhere.
final class Counters {

  private final LongAdder[] packets = adders(Direction.values().length * Path.values().length);
  private final LongAdder[] bytes = adders(packets.length);
  private final LongAdder[] messages = adders(Direction.values().length * Protocol.values().length);
  private final Map<String, LongAdder> dropped = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> rejected = new ConcurrentHashMap<>();
  private final LongAdder streams = new LongAdder();

  private static LongAdder[] adders(int count) {
    var adders = new LongAdder[count];
    for (int i = 0; i < count; i++) {
      adders[i] = new LongAdder();
    }
    return adders;
  }

  void packet(Direction direction, Path path, int size) {
    int line = direction.ordinal() * Path.values().length + path.ordinal();
    packets[line].increment();
    bytes[line].add(size);
  }

  void message(Direction direction, Message message) {
    messages[direction.ordinal() * Protocol.values().length + protocol(message).ordinal()]
        .increment();
  }

  private static Protocol protocol(Message message) {
    return switch (message) {
      case Message.OfMembership _ -> Protocol.MEMBERSHIP;
      case Message.OfMap _ -> Protocol.MAP;
      case Message.OfRegister _ -> Protocol.REGISTER;
      case Message.OfStabilization _ -> Protocol.STABILIZATION;
    };
  }

  void dropped(String reason, int count) {
    dropped.computeIfAbsent(reason, _ -> new LongAdder()).add(count);
  }

  void rejected(String reason) {
    rejected.computeIfAbsent(reason, _ -> new LongAdder()).increment();
  }

  void streamOpened() {
    streams.increment();
  }

  void streamClosed() {
    streams.decrement();
  }

  TransportStats snapshot() {
    var traffic = new LinkedHashMap<Line, Traffic>();
    var subjects = new LinkedHashMap<Subject, Long>();
    for (Direction direction : Direction.values()) {
      for (Path path : Path.values()) {
        int line = direction.ordinal() * Path.values().length + path.ordinal();
        traffic.put(new Line(direction, path), new Traffic(packets[line].sum(), bytes[line].sum()));
      }
      for (Protocol protocol : Protocol.values()) {
        int subject = direction.ordinal() * Protocol.values().length + protocol.ordinal();
        subjects.put(new Subject(direction, protocol), messages[subject].sum());
      }
    }
    return new TransportStats(traffic, subjects, sums(dropped), sums(rejected), streams.intValue());
  }

  private static Map<String, Long> sums(Map<String, LongAdder> adders) {
    var sums = new TreeMap<String, Long>();
    adders.forEach((word, adder) -> sums.put(word, adder.sum()));
    return sums;
  }
}
