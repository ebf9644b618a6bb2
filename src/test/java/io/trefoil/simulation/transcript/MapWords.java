package io.trefoil.simulation.transcript;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapBallot;
import io.trefoil.core.map.MapDelta;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.map.MapMessage;
import io.trefoil.core.map.Progress;
import io.trefoil.core.ring.ReplicaSet;
import java.util.Optional;
import java.util.stream.Collectors;

/// The map machine's messages in words.
record MapWords(Names names) {

  String of(MapMessage message) {
    return switch (message) {
      case MapMessage.Inquire m -> "Inquire " + ballot(m.ballot());
      case MapMessage.Unmapped m ->
          "Unmapped, promised " + ballot(m.ballot()) + proposal(m.proposal());
      case MapMessage.Preempted m -> "Preempted by " + ballot(m.promised());
      case MapMessage.Propose m -> "Propose " + ballot(m.ballot()) + ", " + map(m.map());
      case MapMessage.Endorsed m -> "Endorsed " + ballot(m.ballot());
      case MapMessage.Prepare m -> "Prepare epoch " + m.epoch() + " " + ballot(m.ballot());
      case MapMessage.Promised m ->
          "Promised epoch " + m.epoch() + " " + ballot(m.ballot()) + proposal(m.proposal());
      case MapMessage.Accept m ->
          "Accept epoch " + m.epoch() + " " + ballot(m.ballot()) + ", " + map(m.map());
      case MapMessage.Accepted m -> "Accepted epoch " + m.epoch() + " " + ballot(m.ballot());
      case MapMessage.Outbid m -> "Outbid by " + ballot(m.promised());
      case MapMessage.Pull m -> "Pull, I have epoch " + m.epoch();
      case MapMessage.Decided m -> "Decided " + map(m.map());
      case MapMessage.Advanced m ->
          "Advanced from map " + m.delta().base() + " to " + delta(m.delta());
      case MapMessage.Report m -> "Report " + m.number() + ": " + progress(m.progress());
      case MapMessage.Noted m ->
          "Noted "
              + m.number()
              + (m.granted() ? ", vote on" : ", do not vote")
              + ", whole "
              + m.summary().whole()
              + " of "
              + m.summary().total()
              + (m.droppable().isEmpty() ? "" : ", may drop " + m.droppable());
      case MapMessage.Order m -> "Order " + m.number() + ": " + m.name() + " " + m.standing();
      case MapMessage.Answered m -> "Answered " + m.number() + m.refusal().orElse("");
      case MapMessage.MayStop m -> "MayStop " + m.number() + ": " + m.name();
      case MapMessage.Survey m -> "Survey " + m.number() + " of " + m.partition();
      case MapMessage.Surveyed m -> "Surveyed " + m.number() + " " + m.stocks() + m.complete();
    };
  }

  private String ballot(MapBallot ballot) {
    return "by " + names.node(ballot.node()) + " in round " + ballot.round();
  }

  private String proposal(Optional<ClusterMap> proposal) {
    return proposal.map(map -> ", accepted " + map(map)).orElse("");
  }

  private String map(ClusterMap map) {
    String members = map.members().stream().map(this::member).collect(Collectors.joining(" "));
    return "map "
        + map.epoch()
        + " of "
        + members
        + ", council "
        + names.nodes(map.council())
        + ", partitions "
        + map.replicaSets().stream().map(this::set).collect(Collectors.joining(" | "));
  }

  private String delta(MapDelta delta) {
    return delta.epoch()
        + " of "
        + delta.members().stream().map(this::member).collect(Collectors.joining(" "))
        + ", council "
        + names.nodes(delta.council())
        + ", changed "
        + delta.changed().entrySet().stream()
            .map(change -> change.getKey() + ": " + set(change.getValue()))
            .collect(Collectors.joining(" | "));
  }

  private String member(MapMember member) {
    return member.name()
        + (member.standing() == MapMember.Standing.ACTIVE
            ? ""
            : "(" + member.standing().name().toLowerCase() + ")");
  }

  private String set(ReplicaSet set) {
    return names.nodes(set.old()) + (set.isStable() ? "" : " to " + names.nodes(set.target()));
  }

  private static String progress(Progress progress) {
    return "epoch "
        + progress.epoch()
        + list(", behind ", progress.behind())
        + list(", open ", progress.open())
        + list(", surplus ", progress.surplus())
        + ", "
        + progress.keys()
        + " keys";
  }

  private static String list(String title, java.util.List<Integer> partitions) {
    return partitions.isEmpty() ? "" : title + partitions;
  }
}
