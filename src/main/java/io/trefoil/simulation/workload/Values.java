package io.trefoil.simulation.workload;

import io.trefoil.core.model.Value;
import java.nio.charset.StandardCharsets;

/// Values as text.
final class Values {

  private Values() {}

  static Value of(String text) {
    return Value.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(Value value) {
    return new String(value.bytes(), StandardCharsets.UTF_8);
  }
}
