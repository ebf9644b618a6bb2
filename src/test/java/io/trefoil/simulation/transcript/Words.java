package io.trefoil.simulation.transcript;

import io.trefoil.core.machine.Event;
import io.trefoil.core.node.Message;
import io.trefoil.core.stabilization.BucketSums;
import io.trefoil.core.stabilization.StabilizationMessage;
import java.util.stream.Collectors;

/// Everything that is said, in words.
final class Words {

  private final Names names;
  private final MembershipWords membership;
  private final MapWords maps;
  private final RegisterWords registers;

  Words(Names names) {
    this.names = names;
    this.membership = new MembershipWords(names);
    this.maps = new MapWords(names);
    this.registers = new RegisterWords(names);
  }

  RegisterWords registers() {
    return registers;
  }

  String of(Message message) {
    return switch (message) {
      case Message.OfMembership(var inner) -> membership.of(inner);
      case Message.OfMap(var inner) -> maps.of(inner);
      case Message.OfRegister(var inner) -> registers.of(inner);
      case Message.OfStabilization(var inner) -> copy(inner);
    };
  }

  String of(Event event) {
    return switch (event) {
      case Event.MemberChanged e ->
          "holds " + names.node(e.node()) + " " + e.state().name().toLowerCase();
      case Event.Isolated(boolean isolated) -> isolated ? "is isolated" : "is isolated no more";
      case Event.MapAdopted(long epoch) -> "goes by map " + epoch;
      case Event.LeaseHeld() -> "may vote";
      case Event.LeaseLost() -> "may not vote";
      case Event.ReplicaServed e ->
          "served " + e.kind().label() + " " + e.key() + (e.success() ? "" : ", which failed");
      case Event.CopyFinished e -> "has partition " + e.partition() + " whole";
      case Event.CopyDamaged e -> "lost a part of partition " + e.partition();
      case Event.OrderAnswered _,
          Event.CouncilForced _,
          Event.Surveyed _,
          Event.KeysListed _,
          Event.PacketRejected _,
          Event.ClockSkewed _,
          Event.Step _ ->
          event.toString();
    };
  }

  private String copy(StabilizationMessage message) {
    return switch (message) {
      case StabilizationMessage.Compare m ->
          "Compare partition " + m.partition() + " in epoch " + m.epoch() + sums(m.sums());
      case StabilizationMessage.Compared m -> "Compared" + sums(m.sums());
      case StabilizationMessage.Fetch m ->
          "Fetch partition "
              + m.partition()
              + " in epoch "
              + m.epoch()
              + ", "
              + Long.bitCount(m.mask())
              + " buckets"
              + m.after().map(key -> " after " + key).orElse("");
      case StabilizationMessage.Page m ->
          m.entries().stream()
              .map(e -> e.key() + " at " + names.ballot(e.register().accepted()))
              .collect(Collectors.joining(", ", "Page of ", ""));
      case StabilizationMessage.ListKeys m ->
          "ListKeys of partition " + m.partition() + " in epoch " + m.epoch();
      case StabilizationMessage.ListedKeys m -> "ListedKeys " + m.keys();
      case StabilizationMessage.Misfit m -> "Misfit, here it is epoch " + m.epoch();
    };
  }

  private static String sums(BucketSums sums) {
    return sums.equals(BucketSums.EMPTY) ? ", I hold nothing" : ", I hold something";
  }
}
