package io.trefoil.simulation.heritage;

import io.trefoil.core.model.OperationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A hundred keys are created. Then some are deleted, or one is read or updated again and again
/// while its replicas crash, with time for repair in between.
final class StoreScript implements Script {

  private static final int CREATE = 100;
  private static final int TEST = 150;
  private static final int ONE_FAILURE = 175;
  private static final int TWO_FAILURES = 225;
  private static final int REPAIRED = 275;
  private static final int STRANGER_FAILURE = 285;

  private static final int KEYS = 100;
  private static final int DELETES = 50;
  private static final int KEY_LENGTH = 5;
  private static final String LETTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String INVALID_KEY = "invalidKey";

  private final HeritageScenario scenario;
  private final Stage stage;
  private final List<String> keys = new ArrayList<>();
  private final int chosen;

  /// @param scenario what comes after the creation
  /// @param random draws the keys, and the one that is read or updated
  StoreScript(HeritageScenario scenario, Stage stage, RandomGenerator random) {
    this.scenario = scenario;
    this.stage = stage;
    while (keys.size() < KEYS) {
      String key = key(random);
      if (!keys.contains(key)) {
        keys.add(key);
      }
    }
    this.chosen = random.nextInt(KEYS);
  }

  private static String key(RandomGenerator random) {
    var key = new StringBuilder();
    while (key.length() < KEY_LENGTH) {
      key.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return key.toString();
  }

  @Override
  public void begins(int tick) {
    if (tick == CREATE) {
      for (int number = 0; number < KEYS; number++) {
        stage.ask(OperationKind.CREATE, keys.get(number), value(number));
      }
    }
    switch (scenario) {
      case DELETE -> delete(tick);
      case READ, UPDATE -> failAndRepair(tick);
      case CREATE, SINGLEFAILURE, MULTIFAILURE, MSGDROPSINGLEFAILURE -> {
        // There is nothing after the creation.
      }
    }
  }

  private void delete(int tick) {
    if (tick == TEST) {
      for (int number = 0; number < DELETES; number++) {
        stage.ask(OperationKind.DELETE, keys.get(number), value(number));
      }
      stage.ask(OperationKind.DELETE, INVALID_KEY, Optional.empty());
    }
  }

  /// Replicas crash and the key is asked for in the same tick: nobody can know yet.
  private void failAndRepair(int tick) {
    String key = keys.get(chosen);
    switch (tick) {
      case TEST, REPAIRED -> ask();
      case ONE_FAILURE -> {
        stage.crash(List.of(stage.replicas(key).get(2)));
        ask();
      }
      case TWO_FAILURES -> {
        List<Integer> replicas = stage.replicas(key);
        stage.crash(List.of(replicas.get(2), replicas.get(1)));
        ask();
      }
      case STRANGER_FAILURE -> {
        List<Integer> replicas = stage.replicas(key);
        stage.crash(List.of(stage.any(host -> !replicas.contains(host))));
        ask();
        askForInvalidKey();
      }
      default -> {
        // Time for repair.
      }
    }
  }

  private void ask() {
    String key = keys.get(chosen);
    if (scenario == HeritageScenario.READ) {
      stage.ask(OperationKind.READ, key, value(chosen));
    } else {
      stage.ask(OperationKind.UPDATE, key, Optional.of("newValue"));
    }
  }

  private void askForInvalidKey() {
    if (scenario == HeritageScenario.READ) {
      stage.ask(OperationKind.READ, INVALID_KEY, Optional.empty());
    } else {
      stage.ask(OperationKind.UPDATE, INVALID_KEY, Optional.of("invalidValue"));
    }
  }

  private static Optional<String> value(int number) {
    return Optional.of("value" + number);
  }
}
