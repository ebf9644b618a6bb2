package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.because;
import static io.trefoil.wire.Undecodable.unless;

import io.trefoil.core.membership.Claim;
import io.trefoil.core.membership.Profile;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.wire.proto.MembershipProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Claims about members: most of what membership's packets are filled with. One never takes more
/// bytes than [Claim#encodedBytes] says.
final class ClaimCodec {

  private static final Duration LONGEST = Duration.ofDays(30);

  private static final int FULL_LOAD = 100;

  private ClaimCodec() {}

  static MembershipProto.Claim encode(Claim claim) {
    var wire =
        MembershipProto.Claim.newBuilder()
            .setSubject(claim.subject().bits())
            .setRun(claim.run())
            .setIncarnation(claim.incarnation())
            .setState(encode(claim.state()))
            .setAbsenceMillis(claim.absence().toMillis())
            .setProfile(encode(claim.profile()));
    if (!claim.accuser().equals(claim.subject())) {
      wire.setAccuser(claim.accuser().bits());
    }
    return wire.build();
  }

  static Claim decode(MembershipProto.Claim wire) throws Undecodable {
    unless(wire.getRun() > 0, "run");
    unless(wire.getIncarnation() >= 0, "incarnation");
    NodeId subject = ModelCodec.node(wire.getSubject());
    return new Claim(
        subject,
        wire.getRun(),
        wire.getIncarnation(),
        decode(wire.getState()),
        wire.getAccuser() == 0 ? subject : new NodeId(wire.getAccuser()),
        duration(wire.getAbsenceMillis()),
        decode(wire.getProfile()));
  }

  static List<Claim> decode(List<MembershipProto.Claim> wire) throws Undecodable {
    var claims = new ArrayList<Claim>(wire.size());
    for (MembershipProto.Claim claim : wire) {
      claims.add(decode(claim));
    }
    return claims;
  }

  static List<MembershipProto.Claim> encode(List<Claim> claims) {
    var wire = new ArrayList<MembershipProto.Claim>(claims.size());
    for (Claim claim : claims) {
      wire.add(encode(claim));
    }
    return wire;
  }

  static Duration duration(long millis) throws Undecodable {
    unless(millis >= 0 && millis <= LONGEST.toMillis(), "duration");
    return Duration.ofMillis(millis);
  }

  private static MembershipProto.Profile encode(Profile profile) {
    return MembershipProto.Profile.newBuilder()
        .setName(profile.name())
        .setAddress(ModelCodec.encode(profile.address()))
        .setZone(profile.zone())
        .setWeight(profile.weight())
        .setHttp(profile.http())
        .setWireVersion(profile.wireVersion())
        .setEpoch(profile.epoch())
        .setLoad(profile.load())
        .build();
  }

  private static Profile decode(MembershipProto.Profile wire) throws Undecodable {
    unless(wire.getWireVersion() >= 0, "wire-version");
    unless(wire.getLoad() >= 0 && wire.getLoad() <= FULL_LOAD, "load");
    return new Profile(
        ModelCodec.name(wire.getName()),
        ModelCodec.decode(wire.getAddress()),
        ModelCodec.name(wire.getZone()),
        ModelCodec.weight(wire.getWeight()),
        ModelCodec.name(wire.getHttp()),
        wire.getWireVersion(),
        ModelCodec.epoch(wire.getEpoch()),
        wire.getLoad());
  }

  private static MembershipProto.MemberState encode(MemberState state) {
    return switch (state) {
      case ALIVE -> MembershipProto.MemberState.MEMBER_STATE_ALIVE;
      case RESTARTING -> MembershipProto.MemberState.MEMBER_STATE_RESTARTING;
      case SUSPECT -> MembershipProto.MemberState.MEMBER_STATE_SUSPECT;
      case DEAD -> MembershipProto.MemberState.MEMBER_STATE_DEAD;
      case LEFT -> MembershipProto.MemberState.MEMBER_STATE_LEFT;
    };
  }

  private static MemberState decode(MembershipProto.MemberState wire) throws Undecodable {
    return switch (wire) {
      case MEMBER_STATE_ALIVE -> MemberState.ALIVE;
      case MEMBER_STATE_RESTARTING -> MemberState.RESTARTING;
      case MEMBER_STATE_SUSPECT -> MemberState.SUSPECT;
      case MEMBER_STATE_DEAD -> MemberState.DEAD;
      case MEMBER_STATE_LEFT -> MemberState.LEFT;
      case UNRECOGNIZED -> throw Undecodable.newer();
      case MEMBER_STATE_UNSPECIFIED -> throw because("state");
    };
  }
}
