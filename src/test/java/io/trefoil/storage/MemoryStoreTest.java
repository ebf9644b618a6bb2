package io.trefoil.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.trefoil.core.model.NodeId;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends StoreContract {

  @Override
  Store fresh(String node) {
    return new MemoryStore(new SecureRandom());
  }

  @Test
  void neverBlocks() {
    assertFalse(store.blocks());
  }

  @Test
  void voteAndMapAreTakenAndNeedNoKeeping() throws Exception {
    store.commit(List.of(Samples.write(Samples.vote(1))), true);

    assertEquals(1, store.recovered().run());
  }

  @Test
  void reservedNumberIsNeverDrawn() {
    long[] draws = {NodeId.NONE.bits(), 5};
    int[] next = {0};
    RandomGenerator random = () -> draws[next[0]++];

    assertEquals(new NodeId(5), MemoryStore.drawId(random));
  }
}
