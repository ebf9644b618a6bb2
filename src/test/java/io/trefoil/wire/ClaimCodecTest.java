package io.trefoil.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedOutputStream;
import io.trefoil.core.membership.Claim;
import io.trefoil.core.membership.Digest;
import io.trefoil.core.membership.MembershipMessage.Compare;
import io.trefoil.core.membership.MembershipMessage.Gossip;
import io.trefoil.core.membership.MembershipMessage.Ping;
import io.trefoil.core.membership.MembershipSettings;
import io.trefoil.core.membership.Profile;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.node.Message;
import io.trefoil.wire.proto.MembershipProto;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClaimCodecTest {

  /// Field number and length of the gossip and of the membership message around the claims.
  private static final int AROUND_BYTES = 12;

  @Test
  void aClaimTakesNoMoreThanItSays() {
    var messages = new RandomMessages(3);
    for (int i = 0; i < 5_000; i++) {
      Claim claim = messages.claim();

      int bytes = CodedOutputStream.computeMessageSize(1, ClaimCodec.encode(claim));

      assertTrue(bytes <= claim.encodedBytes(), () -> claim + " takes " + bytes + " bytes");
    }
  }

  @Test
  void aPingFullOfClaimsFitsADatagram() {
    var address = new Address("2001:db8:1234:5678:9abc:def0:1234:5678", 65_535);
    var profile =
        new Profile("trefoil-12345", address, "eu-central-1a", 1, address.toString(), 1, 9_999, 99);
    Claim claim = Claim.own(new NodeId(-1), 1_000, 1_000, MemberState.ALIVE, profile);
    int room = MembershipSettings.DEFAULT.payloadBytes() / claim.encodedBytes();

    var ping = new Ping(1L << 50, claim.subject(), claim, Collections.nCopies(room, claim));

    int bytes = Parcel.of(new Message.OfMembership(ping)).bytes();
    assertTrue(bytes + PacketCodec.OVERHEAD_BYTES <= Limits.DATAGRAM_BYTES);
  }

  @Test
  void aGossipOfManyClaimsTakesNoMoreThanTheySay() {
    var messages = new RandomMessages(4);
    List<Claim> claims = Stream.generate(messages::claim).limit(50).toList();

    int said = claims.stream().mapToInt(Claim::encodedBytes).sum();

    assertTrue(gossip(claims) <= said + AROUND_BYTES);
  }

  @Test
  void aDigestFitsADatagram() {
    int bytes = Parcel.of(new Message.OfMembership(new Compare(full()))).bytes();

    assertTrue(bytes + PacketCodec.OVERHEAD_BYTES <= Limits.DATAGRAM_BYTES);
  }

  private static Digest full() {
    var sums = new int[Digest.BUCKETS];
    Arrays.fill(sums, -1);
    return new Digest(sums);
  }

  @Test
  void aClaimThatCannotBeIsRefused() {
    refused("node", wire -> wire.setSubject(0));
    refused("run", wire -> wire.setRun(0));
    refused("incarnation", wire -> wire.setIncarnation(-1));
    refused("state", wire -> wire.setStateValue(0));
    refused("duration", wire -> wire.setAbsenceMillis(-1));
    refused("duration", wire -> wire.setAbsenceMillis(Long.MAX_VALUE));
    refused("address", wire -> wire.getProfileBuilder().getAddressBuilder().setPort(0));
    refused("address", wire -> wire.getProfileBuilder().getAddressBuilder().setPort(65_536));
    refused("address", wire -> wire.getProfileBuilder().getAddressBuilder().setHost(""));
    refused("name", wire -> wire.getProfileBuilder().setName("é".repeat(128)));
    refused("weight", wire -> wire.getProfileBuilder().setWeight(0));
    refused("load", wire -> wire.getProfileBuilder().setLoad(101));
    refused("epoch", wire -> wire.getProfileBuilder().setEpoch(-1));
  }

  private static void refused(String word, Consumer<MembershipProto.Claim.Builder> mistake) {
    var wire = ClaimCodec.encode(new RandomMessages(5).claim()).toBuilder();
    mistake.accept(wire);

    var refusal = assertThrows(Undecodable.class, () -> ClaimCodec.decode(wire.build()));
    assertEquals(word, refusal.getMessage());
  }

  private static int gossip(List<Claim> claims) {
    return Parcel.of(new Message.OfMembership(new Gossip(claims))).bytes();
  }
}
