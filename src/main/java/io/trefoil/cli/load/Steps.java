package io.trefoil.cli.load;

import io.trefoil.cli.client.Answer;
import io.trefoil.cli.client.Call;
import io.trefoil.cli.client.KeyPath;
import io.trefoil.cli.client.Problem;
import io.trefoil.cli.client.StoreClient;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// The two things done with records.
public final class Steps {

  private static final String RESOURCE = "/v1/kv";

  private Steps() {}

  /// Writes each record, whatever was there.
  public static Step writing(StoreClient client, Patience patience) {
    Requester requester = new Requester(client, patience);
    return entry -> {
      long begun = System.nanoTime();
      Call call = Call.put(KeyPath.of(RESOURCE, entry.key()), entry.value());
      Requester.Ended ended = requester.ask(call, entry.number());
      return switch (ended.answer()) {
        case Answer.Done _ -> verdict(entry, Fate.DONE, "", ended, begun);
        case Answer.Failed(Problem problem) ->
            verdict(entry, fate(problem), problem.sentence(), ended, begun);
      };
    };
  }

  /// Reads each record and compares it byte by byte.
  public static Step verifying(StoreClient client, Patience patience) {
    Requester requester = new Requester(client, patience);
    return entry -> {
      long begun = System.nanoTime();
      Call call = Call.get(KeyPath.of(RESOURCE, entry.key()));
      Requester.Ended ended = requester.ask(call, entry.number());
      return switch (ended.answer()) {
        case Answer.Done done -> compared(entry, done, ended, begun);
        case Answer.Failed(Problem problem) when problem.name().equals("not-found") ->
            verdict(entry, Fate.MISSING, "it has no value", ended, begun);
        case Answer.Failed(Problem problem) ->
            verdict(entry, fate(problem), problem.sentence(), ended, begun);
      };
    };
  }

  private static Verdict compared(
      TsvLine.Entry entry, Answer.Done done, Requester.Ended ended, long begun) {
    if (Arrays.equals(done.body(), entry.value())) {
      return verdict(entry, Fate.DONE, "", ended, begun);
    }
    int first = Arrays.mismatch(done.body(), entry.value());
    String why =
        String.format(
            "%s tells %,d bytes, the file has %,d; they differ from byte %,d on",
            done.endpoint(), done.body().length, entry.value().length, first);
    return verdict(entry, Fate.DIFFERENT, why, ended, begun);
  }

  /// A request that a node finds wrong counts as refused: nothing makes it right.
  private static Fate fate(Problem problem) {
    return switch (problem.ending()) {
      case REFUSED -> Fate.REFUSED;
      case UNKNOWN -> Fate.UNKNOWN;
      case NONE -> problem.isWorthRepeating() ? Fate.NONE : Fate.REFUSED;
    };
  }

  private static Verdict verdict(
      TsvLine.Entry entry, Fate fate, String why, Requester.Ended ended, long begun) {
    long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun);
    return new Verdict(entry.number(), entry.key().text(), fate, why, ended.repetitions(), micros);
  }
}
