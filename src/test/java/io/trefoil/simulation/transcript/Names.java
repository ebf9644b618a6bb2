package io.trefoil.simulation.transcript;

import io.trefoil.core.model.Address;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Value;
import io.trefoil.core.model.Version;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.VirtualClock;
import io.trefoil.simulation.world.World;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/// How a transcript calls things: nodes by their names, times since its clock was set to zero.
final class Names {

  private static final long NUMBER_BITS = (1L << 40) - 1;
  private static final int LONGEST_VALUE = 40;

  private final World world;
  private long originNanos;

  Names(World world) {
    this.world = world;
  }

  /// Times count from now on.
  void zero() {
    originNanos = world.nanos();
  }

  String time(long nanos) {
    return "%9.3f".formatted((nanos - originNanos) / 1e6);
  }

  String node(NodeId id) {
    return id.equals(NodeId.NONE) ? "whoever" : host(id).map(Host::name).orElse("a stranger");
  }

  String nodes(Collection<NodeId> ids) {
    return ids.stream().map(this::node).collect(Collectors.joining(" "));
  }

  /// A receiver, also one that is known by its address alone.
  String peer(Peer peer) {
    return peer.id().equals(NodeId.NONE) ? at(peer.address()) : node(peer.id());
  }

  /// A number drawn by a node in its first run, or a later one.
  static String number(long number) {
    return "#" + (number & NUMBER_BITS);
  }

  String stamp(HybridTimestamp at) {
    long millis = at.millis() - VirtualClock.EPOCH_MILLIS - originNanos / 1_000_000;
    return millis + "." + (at.bits() & 0xffff);
  }

  /// Epoch, time in milliseconds with its counter, node; the draw only matters to machines.
  String ballot(Ballot ballot) {
    return ballot.equals(Ballot.ZERO)
        ? "nothing"
        : ballot.epoch() + "/" + stamp(ballot.at()) + "/" + node(ballot.node());
  }

  String version(Version version) {
    return ballot(version.ballot());
  }

  String record(Record record) {
    return record.value().map(Names::value).orElse("tombstone")
        + " version "
        + version(record.version());
  }

  String record(Optional<Record> record) {
    return record.map(this::record).orElse("no record");
  }

  static String value(Value value) {
    String text = new String(value.bytes(), StandardCharsets.UTF_8);
    return text.length() > LONGEST_VALUE ? value.toString() : '"' + text + '"';
  }

  private Optional<Host> host(NodeId id) {
    return world.hosts().stream().filter(host -> host.id().equals(id)).findFirst();
  }

  private String at(Address address) {
    return world.hosts().stream()
        .filter(host -> host.address().equals(address))
        .map(Host::name)
        .findFirst()
        .orElse(address.toString());
  }
}
