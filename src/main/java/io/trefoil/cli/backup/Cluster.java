package io.trefoil.cli.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trefoil.cli.ExitCode;
import io.trefoil.cli.Failure;
import io.trefoil.cli.client.Answer;
import io.trefoil.cli.client.Call;
import io.trefoil.cli.client.Ending;
import io.trefoil.cli.client.KeyPath;
import io.trefoil.cli.client.Problem;
import io.trefoil.cli.client.StoreClient;
import io.trefoil.cli.load.Patience;
import io.trefoil.cli.load.Requester;
import io.trefoil.core.model.Key;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// The running cluster as backup and restore see it. What is not done is asked for again until the
/// patience ends; then it is a [Failure]. Safe for many threads.
public final class Cluster {

  private static final String KEYS = "/v1/kv";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Requester requester;
  private final AtomicLong asked = new AtomicLong();

  /// A part of a partition's keys.
  ///
  /// @param next behind which key the next part begins; empty if there is none
  record Keys(List<Key> keys, Optional<Key> next) {}

  /// Which cluster it is, and in which epoch.
  ///
  /// @param epoch the cluster map's
  record Identity(Origin origin, long epoch) {}

  /// What became of a record that was to be created.
  enum Creation {
    /// It was.
    DONE,
    /// The key has a value.
    EXISTS
  }

  /// A cluster behind a client's endpoints. Whatever is written may be repeated when nobody knows
  /// whether it was done, because it is written under an Idempotency-Key.
  public Cluster(StoreClient client, Patience patience) {
    this.requester = new Requester(client, patience);
  }

  /// How many partitions it has.
  public int partitions() throws InterruptedException {
    return identity().origin().partitions();
  }

  /// Which cluster it is.
  Identity identity() throws InterruptedException {
    JsonNode view = json(done(ask(Call.get("/v1/cluster"))));
    if (!view.hasNonNull("id")) {
      throw new Failure(ExitCode.NOT_DONE, "the cluster is not founded yet: it has no map");
    }
    Origin origin =
        new Origin(
            view.path("name").asText(),
            view.path("id").asText(),
            view.path("partitions").path("total").asInt());
    return new Identity(origin, view.path("epoch").asLong());
  }

  /// A part of a partition's keys: all that have a value meanwhile, and some that have none.
  Keys keys(int partition, Optional<Key> after) throws InterruptedException {
    String path = "/v1/cluster/partitions/" + partition + "/keys";
    String query =
        after
            .map(key -> "?after=" + URLEncoder.encode(key.text(), StandardCharsets.UTF_8))
            .orElse("");
    JsonNode json = json(done(ask(Call.get(path + query))));
    List<Key> keys = new ArrayList<>();
    json.path("keys").forEach(key -> keys.add(new Key(key.asText())));
    return new Keys(
        keys,
        json.hasNonNull("next")
            ? Optional.of(new Key(json.path("next").asText()))
            : Optional.empty());
  }

  /// What a key holds now, by a linearizable read; empty if it has no value.
  Optional<SavedRecord> read(Key key) throws InterruptedException {
    return switch (ask(Call.get(KeyPath.of(KEYS, key)))) {
      case Answer.Done done ->
          Optional.of(
              new SavedRecord(
                  key,
                  done.header("Content-Type"),
                  done.body(),
                  done.header("ETag").replace("\"", "")));
      case Answer.Failed(Problem problem) when problem.name().equals("not-found") ->
          Optional.empty();
      case Answer.Failed(Problem problem) -> throw failure(problem, key.text());
    };
  }

  /// Writes a record unless its key has a value.
  Creation create(SavedRecord saved) throws InterruptedException {
    return switch (ask(write(saved).with("If-None-Match", "*"))) {
      case Answer.Done _ -> Creation.DONE;
      case Answer.Failed(Problem problem) when problem.name().equals("precondition-failed") ->
          Creation.EXISTS;
      case Answer.Failed(Problem problem) -> throw failure(problem, saved.key().text());
    };
  }

  /// Writes a record, whatever its key has.
  void overwrite(SavedRecord saved) throws InterruptedException {
    if (ask(write(saved)) instanceof Answer.Failed(Problem problem)) {
      throw failure(problem, saved.key().text());
    }
  }

  private static Call write(SavedRecord saved) {
    return Call.put(KeyPath.of(KEYS, saved.key()), saved.value())
        .with("Content-Type", saved.contentType())
        .with("Idempotency-Key", UUID.randomUUID().toString());
  }

  private Answer ask(Call call) throws InterruptedException {
    return requester.ask(call, asked.getAndIncrement()).answer();
  }

  private static Answer.Done done(Answer answer) {
    return switch (answer) {
      case Answer.Done done -> done;
      case Answer.Failed(Problem problem) -> throw failure(problem, "");
    };
  }

  private static Failure failure(Problem problem, String key) {
    ExitCode code =
        problem.isWorthRepeating()
            ? ExitCode.NOT_DONE
            : problem.ending() == Ending.UNKNOWN ? ExitCode.UNKNOWN : ExitCode.REFUSED;
    String about = key.isEmpty() ? "" : "key '" + key + "': ";
    return new Failure(code, about + problem.sentence() + " Run the command again to go on.");
  }

  private static JsonNode json(Answer.Done done) {
    try {
      return JSON.readTree(done.body());
    } catch (IOException _) {
      throw new Failure(
          ExitCode.USAGE, done.endpoint() + " answered with something that is no JSON");
    }
  }
}
