package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.unless;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapBallot;
import io.trefoil.core.map.MapDelta;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.map.MapMessage;
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
import io.trefoil.core.model.NodeId;
import io.trefoil.wire.proto.MapProto;
import java.util.Optional;

/// What nodes say to each other about the cluster map.
final class MapCodec {

  private MapCodec() {}

  static MapProto.MapMessage encode(MapMessage message) {
    var wire = MapProto.MapMessage.newBuilder();
    switch (message) {
      case Inquire inquire -> wire.setInquire(encode(inquire));
      case Unmapped unmapped -> wire.setUnmapped(encode(unmapped));
      case Preempted preempted -> wire.setPreempted(encode(preempted));
      case Propose propose -> wire.setPropose(encode(propose));
      case Endorsed endorsed -> wire.setEndorsed(encode(endorsed));
      case Pull(long epoch) -> wire.setPull(MapProto.Pull.newBuilder().setEpoch(epoch));
      case Decided(ClusterMap map) ->
          wire.setDecided(MapProto.Decided.newBuilder().setMap(ClusterMapCodec.encode(map)));
      case Advanced(MapDelta delta) -> wire.setAdvanced(MapDeltaCodec.encode(delta));
      case OfSynod word -> SynodCodec.encode(word, wire);
      case Report report -> wire.setReport(ReportCodec.encode(report));
      case Noted noted -> wire.setNoted(ReportCodec.encode(noted));
      case Order order -> wire.setOrder(encode(order));
      case Answered answered -> wire.setAnswered(encode(answered));
      case MayStop question -> wire.setMayStop(SurveyCodec.encode(question));
      case Survey question -> wire.setSurvey(SurveyCodec.encode(question));
      case Surveyed surveyed -> wire.setSurveyed(SurveyCodec.encode(surveyed));
    }
    return wire.build();
  }

  static MapMessage decode(MapProto.MapMessage wire) throws Undecodable {
    return switch (wire.getBodyCase()) {
      case INQUIRE -> decode(wire.getInquire());
      case UNMAPPED -> decode(wire.getUnmapped());
      case PREEMPTED -> decode(wire.getPreempted());
      case PROPOSE -> decode(wire.getPropose());
      case ENDORSED -> decode(wire.getEndorsed());
      case PULL -> new Pull(ModelCodec.epoch(wire.getPull().getEpoch()));
      case DECIDED -> new Decided(ClusterMapCodec.decode(wire.getDecided().getMap()));
      case ADVANCED -> new Advanced(MapDeltaCodec.decode(wire.getAdvanced()));
      case PREPARE -> SynodCodec.decode(wire.getPrepare());
      case PROMISED -> SynodCodec.decode(wire.getPromised());
      case ACCEPT -> SynodCodec.decode(wire.getAccept());
      case ACCEPTED -> SynodCodec.decode(wire.getAccepted());
      case OUTBID -> SynodCodec.decode(wire.getOutbid());
      case REPORT -> ReportCodec.decode(wire.getReport());
      case NOTED -> ReportCodec.decode(wire.getNoted());
      case ORDER -> decode(wire.getOrder());
      case ANSWERED -> decode(wire.getAnswered());
      case MAY_STOP -> SurveyCodec.decode(wire.getMayStop());
      case SURVEY -> SurveyCodec.decode(wire.getSurvey());
      case SURVEYED -> SurveyCodec.decode(wire.getSurveyed());
      case BODY_NOT_SET -> throw Undecodable.newer();
    };
  }

  static MapProto.MapBallot encode(MapBallot ballot) {
    return MapProto.MapBallot.newBuilder()
        .setRound(ballot.round())
        .setNode(ballot.node().bits())
        .build();
  }

  static MapBallot decode(MapProto.MapBallot wire) throws Undecodable {
    unless(wire.getRound() >= 0, "ballot");
    return new MapBallot(wire.getRound(), new NodeId(wire.getNode()));
  }

  static MapProto.MapMember encode(MapMember member) {
    return MapProto.MapMember.newBuilder()
        .setId(member.id().bits())
        .setName(member.name())
        .setZone(member.zone())
        .setWeight(member.weight())
        .setAddress(ModelCodec.encode(member.address()))
        .setStanding(encode(member.standing()))
        .build();
  }

  private static MapProto.MapMember.Standing encode(Standing standing) {
    return switch (standing) {
      case ACTIVE -> MapProto.MapMember.Standing.ACTIVE;
      case LEAVING -> MapProto.MapMember.Standing.LEAVING;
      case EVICTED -> MapProto.MapMember.Standing.EVICTED;
    };
  }

  private static Standing decode(MapProto.MapMember.Standing wire) throws Undecodable {
    return switch (wire) {
      case ACTIVE -> Standing.ACTIVE;
      case LEAVING -> Standing.LEAVING;
      case EVICTED -> Standing.EVICTED;
      case UNRECOGNIZED -> throw Undecodable.because("standing");
    };
  }

  static MapMember decode(MapProto.MapMember wire) throws Undecodable {
    return new MapMember(
        ModelCodec.node(wire.getId()),
        ModelCodec.name(wire.getName()),
        ModelCodec.name(wire.getZone()),
        ModelCodec.weight(wire.getWeight()),
        ModelCodec.decode(wire.getAddress()),
        decode(wire.getStanding()));
  }

  private static MapProto.Inquire encode(Inquire inquire) {
    return MapProto.Inquire.newBuilder()
        .setBallot(encode(inquire.ballot()))
        .setCandidate(encode(inquire.candidate()))
        .build();
  }

  private static Inquire decode(MapProto.Inquire wire) throws Undecodable {
    return new Inquire(decode(wire.getBallot()), decode(wire.getCandidate()));
  }

  private static MapProto.Unmapped encode(Unmapped unmapped) {
    var wire =
        MapProto.Unmapped.newBuilder()
            .setBallot(encode(unmapped.ballot()))
            .setSelf(encode(unmapped.self()))
            .setAccepted(encode(unmapped.accepted()));
    unmapped.proposal().ifPresent(map -> wire.setProposal(ClusterMapCodec.encode(map)));
    return wire.build();
  }

  private static Unmapped decode(MapProto.Unmapped wire) throws Undecodable {
    return new Unmapped(
        decode(wire.getBallot()),
        decode(wire.getSelf()),
        decode(wire.getAccepted()),
        proposal(wire.hasProposal(), wire.getProposal()));
  }

  /// What was accepted before, if anything was.
  static Optional<ClusterMap> proposal(boolean present, MapProto.ClusterMap wire)
      throws Undecodable {
    return present ? Optional.of(ClusterMapCodec.decode(wire)) : Optional.empty();
  }

  private static MapProto.Preempted encode(Preempted preempted) {
    return MapProto.Preempted.newBuilder()
        .setBallot(encode(preempted.ballot()))
        .setPromised(encode(preempted.promised()))
        .build();
  }

  private static Preempted decode(MapProto.Preempted wire) throws Undecodable {
    return new Preempted(decode(wire.getBallot()), decode(wire.getPromised()));
  }

  private static MapProto.Propose encode(Propose propose) {
    return MapProto.Propose.newBuilder()
        .setBallot(encode(propose.ballot()))
        .setMap(ClusterMapCodec.encode(propose.map()))
        .build();
  }

  private static Propose decode(MapProto.Propose wire) throws Undecodable {
    return new Propose(decode(wire.getBallot()), ClusterMapCodec.decode(wire.getMap()));
  }

  private static MapProto.Endorsed encode(Endorsed endorsed) {
    return MapProto.Endorsed.newBuilder()
        .setBallot(encode(endorsed.ballot()))
        .setBy(endorsed.by().bits())
        .build();
  }

  private static Endorsed decode(MapProto.Endorsed wire) throws Undecodable {
    return new Endorsed(decode(wire.getBallot()), ModelCodec.node(wire.getBy()));
  }

  private static MapProto.Order encode(Order order) {
    return MapProto.Order.newBuilder()
        .setNumber(order.number())
        .setName(order.name())
        .setStanding(encode(order.standing()))
        .build();
  }

  private static Order decode(MapProto.Order wire) throws Undecodable {
    return new Order(wire.getNumber(), ModelCodec.name(wire.getName()), decode(wire.getStanding()));
  }

  private static MapProto.Answered encode(Answered answered) {
    return MapProto.Answered.newBuilder()
        .setNumber(answered.number())
        .setRefusal(answered.refusal().orElse(""))
        .build();
  }

  private static Answered decode(MapProto.Answered wire) {
    return new Answered(
        wire.getNumber(), Optional.of(wire.getRefusal()).filter(text -> !text.isEmpty()));
  }
}
