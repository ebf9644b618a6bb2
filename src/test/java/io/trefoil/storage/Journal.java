package io.trefoil.storage;

import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stretch;
import java.util.ArrayList;
import java.util.List;

/// Writes down completions in order.
final class Journal implements Completions {

  private final List<String> lines = new ArrayList<>();
  private final List<Register> registers = new ArrayList<>();

  List<String> lines() {
    return lines;
  }

  List<Register> registers() {
    return registers;
  }

  @Override
  public void persisted(long ticket) {
    lines.add("persisted " + ticket);
  }

  @Override
  public void fetched(long ticket, Register register) {
    lines.add("fetched " + ticket);
    registers.add(register);
  }

  @Override
  public void scanned(long ticket, Stretch stretch) {
    lines.add("scanned " + ticket + (stretch.last() ? " to the end" : ""));
    stretch.registers().forEach(stored -> registers.add(stored.register()));
  }

  @Override
  public void unreadable(long ticket, String reason) {
    lines.add("unreadable " + ticket + ": " + reason);
  }

  @Override
  public void committed(int writes, long nanos) {
    lines.add("committed " + writes);
  }

  @Override
  public void failed(String reason) {
    lines.add("failed " + reason);
  }
}
