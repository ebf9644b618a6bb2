package io.trefoil.core.stabilization;

import static io.trefoil.core.stabilization.Network.tombstone;
import static io.trefoil.core.stabilization.Network.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stored;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BucketSumsTest {

  @Test
  void orderAndPartsDoNotMatter() {
    List<Stored> registers = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      registers.add(new Stored(new Key("key" + i), value(1, i + 1, 5)));
    }
    BucketSums forwards = BucketSums.EMPTY.plus(registers);
    BucketSums backwards =
        BucketSums.EMPTY
            .plus(registers.reversed().subList(0, 123))
            .plus(registers.reversed().subList(123, 500));

    assertEquals(forwards, backwards);
    assertEquals(0, forwards.differing(backwards));
    assertEquals(forwards, BucketSums.of(forwards.list()));
  }

  @Test
  void whatIsMissingShowsInItsBucketAlone() {
    for (int i = 0; i < 500; i++) {
      Key key = new Key("key" + i);
      BucketSums one = BucketSums.EMPTY.plus(List.of(new Stored(key, value(1, 1, 5))));

      assertEquals(1L << BucketSums.bucket(key), one.differing(BucketSums.EMPTY));
    }
  }

  @Test
  void tombstonesCountAndPromisesDoNot() {
    Key key = new Key("a");
    Register promised = Register.EMPTY.promising(value(1, 1, 5).accepted());

    assertEquals(BucketSums.EMPTY, BucketSums.EMPTY.plus(List.of(new Stored(key, promised))));
    assertNotEquals(
        BucketSums.EMPTY, BucketSums.EMPTY.plus(List.of(new Stored(key, tombstone(1, 1)))));
  }
}
