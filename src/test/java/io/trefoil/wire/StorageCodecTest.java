package io.trefoil.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapWrite.GenesisVote;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Value;
import io.trefoil.core.model.Version;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StorageCodecTest {

  private static final Ballot LOW = new Ballot(1, new HybridTimestamp(5), new NodeId(1), 1);
  private static final Ballot HIGH = new Ballot(1, new HybridTimestamp(6), new NodeId(1), 2);

  @Test
  void aRegisterComesBackAsItWas() throws UnreadableException {
    var values = new RandomValues(1);
    for (int i = 0; i < 2_000; i++) {
      Ballot accepted = values.ballotOrZero();
      var register =
          new Register(values.ballotOrZero().max(accepted), accepted, values.maybe(values::record));

      assertEquals(register, StorageCodec.decodeRegister(StorageCodec.encode(register)));
    }
    assertEquals(Register.EMPTY, StorageCodec.decodeRegister(StorageCodec.encode(Register.EMPTY)));
  }

  @Test
  void theLongestValueComesBackAsItWas() throws UnreadableException {
    var bytes = new byte[Limits.VALUE_BYTES];
    new Random(1).nextBytes(bytes);
    Register register = Register.accepting(LOW, Record.of(new Version(LOW), Value.of(bytes)));

    assertEquals(register, StorageCodec.decodeRegister(StorageCodec.encode(register)));
  }

  @Test
  void aVoteAndAMapComeBackAsTheyWere() throws UnreadableException {
    var values = new RandomValues(2);
    for (int i = 0; i < 200; i++) {
      var vote = new GenesisVote(values.mapBallot(), values.mapBallot(), values.maybe(values::map));
      ClusterMap map = values.map();

      assertEquals(vote, StorageCodec.decodeVote(StorageCodec.encode(vote)));
      assertEquals(map, StorageCodec.decodeMap(StorageCodec.encode(map)));
    }
  }

  @Test
  void anotherFormatIsNamed() {
    byte[] bytes = StorageCodec.encode(Register.EMPTY);
    bytes[0] = 2;

    var unreadable =
        assertThrows(UnreadableException.class, () -> StorageCodec.decodeRegister(bytes));
    assertEquals("a register on disk has format 2; this version reads 1", unreadable.getMessage());
  }

  @Test
  void aPromiseBelowTheAcceptedBallotIsNoRegister() {
    Record record = Record.tombstone(new Version(HIGH));
    byte[] bytes = StorageCodec.encode(new Register(LOW, HIGH, Optional.of(record)));

    assertThrows(UnreadableException.class, () -> StorageCodec.decodeRegister(bytes));
  }

  @Test
  void damagedBytesAreReadOrRefusedAndNothingElse() {
    var values = new RandomValues(3);
    var random = new Random(3);
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = StorageCodec.encode(Register.accepting(LOW, values.record()));
      byte[] damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      try {
        StorageCodec.decodeRegister(damaged);
      } catch (UnreadableException _) {
        refused++;
      }
    }
    assertTrue(refused > 1_000);
  }
}
