package io.trefoil.cli.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CrewTest {

  private final List<Verdict> verdicts = Collections.synchronizedList(new ArrayList<>());

  @Test
  void asManyRecordsAreUnderWayAsThereArePlacesAndNeverMore()
      throws IOException, InterruptedException {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch allPlacesTaken = new CountDownLatch(4);
    Step step =
        entry -> {
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          allPlacesTaken.countDown();
          assertTrue(allPlacesTaken.await(10, TimeUnit.SECONDS));
          underWay.decrementAndGet();
          return done(entry);
        };
    new Crew(4, step, _ -> true, verdicts::add).work(records(100));
    assertEquals(4, most.get());
    assertEquals(100, verdicts.size());
  }

  @Test
  void onlyWantedKeysAreTakenAndMalformedLinesAreTold() throws IOException, InterruptedException {
    TsvReader reader = reader("a\t1\nnothing\nb\t2\n");
    new Crew(2, CrewTest::done, key -> key.text().equals("b"), verdicts::add).work(reader);
    assertEquals(List.of(Fate.MALFORMED, Fate.DONE), verdicts.stream().map(Verdict::fate).toList());
    assertEquals(List.of("", "b"), verdicts.stream().map(Verdict::key).toList());
  }

  @Test
  void whatAStepThrowsStopsTheWholeAndIsThrown() {
    Step step =
        _ -> {
          throw new IllegalStateException("disk full");
        };
    Crew crew = new Crew(2, step, _ -> true, verdicts::add);
    var thrown = assertThrows(IllegalStateException.class, () -> crew.work(records(1000)));
    assertEquals("disk full", thrown.getMessage());
  }

  private static TsvReader records(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("key-").append(i).append('\t').append(i).append('\n');
    }
    return reader(text.toString());
  }

  private static TsvReader reader(String text) {
    return new TsvReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Verdict done(TsvLine.Entry entry) {
    return new Verdict(entry.number(), entry.key().text(), Fate.DONE, "", 0, 1);
  }
}
