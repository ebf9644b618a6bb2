package io.trefoil.simulation.history;

import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A register that is linearizable by construction: each operation takes effect at one instant
/// between its invocation and its answer. One in eight is answered with unknown, whether it took
/// effect or not, some of them long before they do.
final class RandomRegister {

  private final SplittableRandom random;
  private final Script script = new Script();
  private final List<Integer> waiting = new ArrayList<>();
  private final List<Integer> applied = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private Optional<Record> record = Optional.empty();

  RandomRegister(SplittableRandom random) {
    this.random = random;
  }

  /// A history.
  ///
  /// @param calls how many
  /// @param atOnce how many are under way at one time, at most
  List<Call> history(int calls, int atOnce) {
    int asked = 0;
    while (asked < calls || !applied.isEmpty() || !waiting.isEmpty()) {
      int choice = random.nextInt(3);
      if (choice == 0 && asked < calls && waiting.size() + applied.size() < atOnce) {
        waiting.add(ask(asked++));
        outcomes.add(null);
      } else if (choice == 1 && !waiting.isEmpty()) {
        apply(waiting.remove(random.nextInt(waiting.size())));
      } else if (choice == 2 && !applied.isEmpty()) {
        int call = applied.remove(random.nextInt(applied.size()));
        script.end(call, outcomes.get(call));
      }
    }
    return script.history().calls();
  }

  private int ask(int number) {
    String word = "w" + number;
    List<String> told = script.told();
    String before = told.isEmpty() ? "" : told.getLast();
    int kind = random.nextInt(8);
    return switch (kind) {
      case 0, 1, 2 -> script.read();
      case 3 -> script.delete();
      case 4 -> script.create(word);
      case 5 -> before.isEmpty() ? script.update(word) : script.swap(before, word);
      default -> script.put(word);
    };
  }

  private void apply(int call) {
    Operation operation = script.history().calls().get(call).operation();
    boolean unknown = !(operation instanceof Operation.Get) && random.nextInt(8) == 0;
    if (unknown && random.nextBoolean()) {
      script.unknown(call);
      if (random.nextBoolean()) {
        carryOut(operation);
      }
      return;
    }
    Outcome outcome = carryOut(operation);
    outcomes.set(call, unknown ? new Outcome.Unknown(new Outcome.Reason.Forgotten()) : outcome);
    applied.add(call);
  }

  private Outcome carryOut(Operation operation) {
    return switch (operation) {
      case Operation.Get _, Operation.Inspect _ -> new Outcome.Found(record);
      case Operation.Delete(var _, var condition) -> write(condition, "");
      case Operation.Put(var _, var value, var condition) -> write(condition, Script.word(value));
    };
  }

  private Outcome write(Condition condition, String word) {
    if (!condition.holdsFor(record, 0)) {
      return new Outcome.Refused(record);
    }
    record = Script.record(word);
    return new Outcome.Done(Script.version(word), 2);
  }
}
