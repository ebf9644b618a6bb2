package io.trefoil.storage;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stretch;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.PartitionCopy;
import io.trefoil.core.register.RegisterWrite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Random writes, erasures and reads while the disk is fast and slow by turns. A read brings what
/// was newest when it was asked for, or something newer: what the simulator's disk does at once,
/// and what the protocol above is proven with.
class ReadsSeeWritesTest {

  private static final int PARTITIONS = 2;
  private static final int KEYS_OF_EACH = 3;
  private static final int STEPS = 400;

  static final long[] SEEDS = LongStream.rangeClosed(1, 100).toArray();

  private final HandLoop loop = new HandLoop();
  private final SlowStore store = new SlowStore();
  private final CommitLoop commits =
      new CommitLoop(store, SyncPolicy.ALWAYS, loop, new Completed());

  /// The states that each key has had, from the first.
  private final Map<String, List<Register>> states = new LinkedHashMap<>();

  private final Map<Long, Asked> reads = new LinkedHashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private long tickets;
  private long draws;

  /// A read under way.
  ///
  /// @param newest which state was the newest when it was asked for
  private record Asked(String key, int newest) {}

  @AfterEach
  void close() {
    store.openGate();
    commits.stop();
    commits.close();
  }

  @ParameterizedTest
  @FieldSource("SEEDS")
  void readBringsWhatWasNewestOrSomethingNewer(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    for (int step = 0; step < STEPS; step++) {
      int partition = random.nextInt(PARTITIONS);
      String key = partition + "/" + random.nextInt(KEYS_OF_EACH);
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> write(partition, key);
        case 3 -> collect(partition, key);
        case 4 -> erase(partition);
        case 5, 6, 7, 8 -> read(partition, key);
        case 9 -> {
          store.openGate();
          store.closeGate();
        }
        case 10 -> store.openGate();
        default -> loop.runReady();
      }
    }
    store.openGate();
    loop.runUntil(reads::isEmpty);
    assertTrue(wrong.isEmpty(), wrong::toString);
  }

  private void write(int partition, String key) {
    note(key, Samples.register(++draws));
    commits.persist(++tickets, Samples.write(partition, key, draws));
  }

  private void collect(int partition, String key) {
    note(key, Register.EMPTY);
    var copy = new PartitionCopy(partition, 1, Ballot.ZERO);
    persist(new RegisterWrite.Collected(copy, new Key(key)));
  }

  private void erase(int partition) {
    for (int number = 0; number < KEYS_OF_EACH; number++) {
      note(partition + "/" + number, Register.EMPTY);
    }
    persist(new RegisterWrite.Copied(List.of(), List.of(partition)));
  }

  private void persist(RegisterWrite write) {
    commits.persist(++tickets, new Write.OfRegister(write));
  }

  private void read(int partition, String key) {
    reads.put(++tickets, new Asked(key, statesOf(key).size() - 1));
    commits.fetch(tickets, partition, new Key(key));
  }

  private void note(String key, Register register) {
    statesOf(key).add(register);
  }

  private List<Register> statesOf(String key) {
    return states.computeIfAbsent(key, _ -> new ArrayList<>(List.of(Register.EMPTY)));
  }

  /// Looks at what reads bring.
  private final class Completed implements Completions {

    @Override
    public void fetched(long ticket, Register register) {
      Asked asked = reads.remove(ticket);
      List<Register> all = statesOf(asked.key());
      if (!all.subList(asked.newest(), all.size()).contains(register)) {
        wrong.add("read " + ticket + " of " + asked.key() + " brought " + register);
      }
    }

    @Override
    public void persisted(long ticket) {
      // What is read is looked at, not when.
    }

    @Override
    public void scanned(long ticket, Stretch stretch) {
      wrong.add("nobody scans");
    }

    @Override
    public void unreadable(long ticket, String reason) {
      wrong.add(reason);
    }

    @Override
    public void committed(int writes, long nanos) {
      // The same.
    }

    @Override
    public void failed(String reason) {
      wrong.add(reason);
    }
  }
}
