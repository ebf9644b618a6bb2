package io.trefoil.cli;

import io.trefoil.cli.client.Answer;
import io.trefoil.cli.client.Call;
import io.trefoil.cli.client.Ending;
import io.trefoil.cli.client.Endpoint;
import io.trefoil.cli.client.Problem;
import io.trefoil.cli.client.StoreClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Clients that write, delete and read without end, as a careful application does: what was not
/// done is tried again at the next node; a write of which nobody knows is repeated under the same
/// Idempotency-Key. Each client has keys of its own, so it knows what every read must bring: the
/// value that was acknowledged last. Values are numbered, so a wrong one tells how old it is. Under
/// a complaint about a key stand the last attempts at it.
final class Traffic implements AutoCloseable {

  /// How many there are, each with one request under way at most.
  static final int CLIENTS = 4;

  private static final int KEYS_OF_EACH = 250;
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(100);
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

  /// After how many requests, on average, a client goes to another node.
  private static final int ROAMING = 20;

  private static final String DELETED = "";

  /// How many attempts of each key a complaint tells.
  private static final int NOTES = 12;

  private final String name;
  private final int keysOfEach;
  private final StoreClient client;
  private final List<SortedMap<String, String>> known = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

  /// The last attempts of each key, for complaints.
  private final Map<String, Deque<String>> attempts = new ConcurrentHashMap<>();

  private final AtomicInteger done = new AtomicInteger();
  private final AtomicLong lastValue = new AtomicLong();

  /// For each client the node it goes to, counted on without end: the next one after a failure, and
  /// now and then by chance.
  private final int[] favourite = IntStream.range(0, CLIENTS).toArray();

  private volatile boolean running;

  /// Clients that have written nothing.
  ///
  /// @param endpoints the nodes they go to, with commas between
  Traffic(String endpoints) {
    this("client", KEYS_OF_EACH, endpoints);
  }

  /// The same beside others.
  ///
  /// @param name what their keys begin with, another one for each
  /// @param keysOfEach how many keys a client has
  Traffic(String name, int keysOfEach, String endpoints) {
    this.name = name;
    this.keysOfEach = keysOfEach;
    List<URI> uris = Arrays.stream(endpoints.split(",")).map(Endpoint::parse).toList();
    this.client = new StoreClient(uris, ANSWER);
    for (int i = 0; i < CLIENTS; i++) {
      known.add(new TreeMap<>());
    }
  }

  /// Writes every key once, and returns.
  void fill() {
    each(
        who -> {
          for (int number = 0; number < keysOfEach; number++) {
            write(who, key(who, number), "first " + number);
          }
        });
    join();
  }

  /// Lets the clients work until [#stop].
  void start() {
    running = true;
    each(
        who -> {
          Random random = new Random(who);
          while (running) {
            step(who, random);
            Thread.sleep(PAUSE);
          }
        });
  }

  /// Ends what is under way, and waits for it.
  ///
  /// @return what went wrong since the clients are there: requests that failed in the end, and
  ///   reads that brought another value than the one acknowledged last
  List<String> stop() {
    running = false;
    join();
    return List.copyOf(complaints);
  }

  /// How many requests have been answered as they should.
  int done() {
    return done.get();
  }

  /// How many keys have a value.
  long values() {
    return known.stream()
        .flatMap(keys -> keys.values().stream())
        .filter(value -> !value.equals(DELETED))
        .count();
  }

  /// Reads every key through one node while the clients rest.
  ///
  /// @return what was not as it should be
  List<String> readAllThrough(String endpoint) {
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    List<URI> one = List.of(Endpoint.parse(endpoint));
    each(who -> known.get(who).forEach((key, value) -> read(who, one, key, value, wrong)));
    join();
    return List.copyOf(wrong);
  }

  @Override
  public void close() {
    running = false;
    threads.forEach(Thread::interrupt);
    client.close();
  }

  private void step(int who, Random random) {
    String key = key(who, random.nextInt(keysOfEach));
    int dice = random.nextInt(10);
    favourite[who] += random.nextInt(ROAMING) == 0 ? 1 : 0;
    if (dice == 0) {
      write(who, key, DELETED);
    } else if (dice < 5) {
      write(who, key, "value " + lastValue.incrementAndGet());
    } else {
      read(who, client.endpoints(), key, known.get(who).getOrDefault(key, DELETED), complaints);
    }
  }

  private void write(int who, String key, String value) {
    Call call = value.equals(DELETED) ? Call.delete(path(key)) : Call.put(path(key), bytes(value));
    Call named = call.with("Idempotency-Key", UUID.randomUUID().toString());
    switch (persist(who, client.endpoints(), named)) {
      case Answer.Done _ -> succeeded(who, key, value);
      case Answer.Failed(Problem problem) when problem.name().equals("not-found") ->
          succeeded(who, key, value);
      case Answer.Failed(Problem problem) -> complaints.add(key + ": " + problem);
    }
  }

  private void succeeded(int who, String key, String value) {
    known.get(who).put(key, value);
    done.incrementAndGet();
  }

  private void read(int who, List<URI> endpoints, String key, String value, Queue<String> wrong) {
    String found =
        switch (persist(who, endpoints, Call.get(path(key)))) {
          case Answer.Done it -> new String(it.body(), StandardCharsets.UTF_8);
          case Answer.Failed(Problem problem) when problem.name().equals("not-found") -> DELETED;
          case Answer.Failed(Problem problem) -> problem.toString();
        };
    if (found.equals(value)) {
      done.incrementAndGet();
    } else {
      Deque<String> before = attempts.getOrDefault(path(key), new ArrayDeque<>());
      wrong.add(
          "%s: read '%s', acknowledged was '%s'%n  %s"
              .formatted(key, found, value, String.join("\n  ", before)));
    }
  }

  /// A request, again and again until it is done, refused, or patience ends.
  private Answer persist(int who, List<URI> endpoints, Call call) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (true) {
        URI endpoint = endpoints.get(favourite[who] % endpoints.size());
        Instant begun = Instant.now();
        Answer answer = client.ask(endpoint, call);
        note(begun, endpoint, call, answer);
        if (!(answer instanceof Answer.Failed(Problem problem))
            || problem.ending() == Ending.REFUSED
            || System.nanoTime() > end) {
          return answer;
        }
        favourite[who]++;
        Thread.sleep(PAUSE_AFTER_FAILURE);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("stopped in the middle of " + call.path(), e);
    }
  }

  /// Only the key's own client is here at one time.
  private void note(Instant begun, URI endpoint, Call call, Answer answer) {
    String end =
        switch (answer) {
          case Answer.Done done -> done.status() + " " + done.header("ETag");
          case Answer.Failed(Problem problem) -> problem.name() + " " + problem.sentence();
        };
    String body = call.body().map(it -> new String(it, StandardCharsets.UTF_8)).orElse("");
    Deque<String> notes = attempts.computeIfAbsent(call.path(), _ -> new ArrayDeque<>());
    notes.addLast(
        "%s to %s %s %s %s: %s"
            .formatted(begun, Instant.now(), endpoint, call.method(), body, end));
    if (notes.size() > NOTES) {
      notes.removeFirst();
    }
  }

  private void each(Work work) {
    for (int i = 0; i < CLIENTS; i++) {
      int who = i;
      threads.add(Thread.startVirtualThread(() -> carry(work, who)));
    }
  }

  private void carry(Work work, int who) {
    try {
      work.of(who);
    } catch (InterruptedException | RuntimeException e) {
      complaints.add("client " + who + " ended: " + e);
    }
  }

  private void join() {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
      threads.clear();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String key(int who, int number) {
    return name + " " + who + " key " + number;
  }

  private static String path(String key) {
    return "/v1/kv/" + key.replace(" ", "%20");
  }

  private static byte[] bytes(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  /// What one client does.
  private interface Work {
    void of(int who) throws InterruptedException;
  }
}
