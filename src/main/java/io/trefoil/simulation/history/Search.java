package io.trefoil.simulation.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Looks for an order of one key's operations that explains what their clients saw: each takes
/// effect at one instant between its invocation and its return, and those whose end nobody knows do
/// so at any later time or never.
///
/// Depth first through the configurations (which operations took effect, what the key holds then),
/// never twice through the same one: Wing and Gong, Testing and Verifying Concurrent Objects, 1993,
/// with the memory of Lowe, Testing for Linearizability, 2017. Two shortcuts keep it fast without
/// making it less exact:
/// - an operation that changes nothing and fits now is taken now, without alternatives: any order
///   that takes it later is still an order when it is moved to the front;
/// - an operation of unknown end is tried only where it makes another one fit that did not fit
///   before: an order in which it does not can do without it.
final class Search {

  private final List<Step> steps;
  private final BitSet done = new BitSet();
  private final Set<Configuration> seen = new LinkedHashSet<>();
  private final Deque<Frame> path = new ArrayDeque<>();
  private int firstOpen;
  private int remaining;
  private List<Step> longest = List.of();

  /// A search through the operations of one key.
  ///
  /// @param steps in the order of their invocation
  Search(List<Step> steps) {
    this.steps = steps;
    this.remaining = (int) steps.stream().filter(s -> !s.isOptional()).count();
  }

  private record Configuration(BitSet done, int state) {}

  private static final class Frame {
    final int state;
    final int[] candidates;
    int next;
    int chosen = -1;

    Frame(int state, int[] candidates) {
      this.state = state;
      this.candidates = candidates;
    }
  }

  /// Whether there is such an order.
  boolean succeeds() {
    path.push(new Frame(0, candidates(0)));
    while (!path.isEmpty()) {
      if (remaining == 0) {
        return true;
      }
      Frame frame = path.peek();
      undo(frame);
      if (frame.next == frame.candidates.length) {
        path.pop();
      } else {
        advance(frame, frame.candidates[frame.next++]);
      }
    }
    return false;
  }

  /// The longest order found, when there is none of all.
  List<Step> longest() {
    return longest;
  }

  private void advance(Frame frame, int index) {
    Step step = steps.get(index);
    int state = step.from(frame.state);
    done.set(index);
    if (!seen.add(new Configuration((BitSet) done.clone(), state))) {
      done.clear(index);
      return;
    }
    frame.chosen = index;
    if (!step.isOptional()) {
      remaining--;
    }
    path.push(new Frame(state, candidates(state)));
    noteLength();
  }

  private void undo(Frame frame) {
    if (frame.chosen >= 0) {
      done.clear(frame.chosen);
      firstOpen = Math.min(firstOpen, frame.chosen);
      if (!steps.get(frame.chosen).isOptional()) {
        remaining++;
      }
      frame.chosen = -1;
    }
  }

  /// The operations that may take effect next: they fit, and none that is still to come had
  /// returned before they were invoked.
  private int[] candidates(int state) {
    int end = frontier();
    for (int i = firstOpen; i < end; i++) {
      Step step = steps.get(i);
      if (!done.get(i) && step.after() == Step.KEPT && step.fits().holds(state)) {
        return new int[] {i};
      }
    }
    int[] found = new int[end - firstOpen];
    int count = 0;
    for (int i = firstOpen; i < end; i++) {
      if (!done.get(i) && mayFollow(i, state, end)) {
        found[count++] = i;
      }
    }
    return java.util.Arrays.copyOf(found, count);
  }

  private boolean mayFollow(int index, int state, int end) {
    Step step = steps.get(index);
    if (!step.fits().holds(state)) {
      return false;
    }
    if (!step.isOptional()) {
      return true;
    }
    for (int i = firstOpen; i < end; i++) {
      Step.Fit fit = steps.get(i).fits();
      if (i != index && !done.get(i) && fit.holds(step.after()) && !fit.holds(state)) {
        return true;
      }
    }
    return false;
  }

  /// The index after the last operation invoked before any open one returned.
  private int frontier() {
    firstOpen = done.nextClearBit(firstOpen);
    long earliestReturn = Step.NEVER;
    int i = firstOpen;
    for (; i < steps.size() && steps.get(i).invoked() < earliestReturn; i++) {
      if (!done.get(i)) {
        earliestReturn = Math.min(earliestReturn, steps.get(i).returned());
      }
    }
    return i;
  }

  private void noteLength() {
    if (path.size() - 1 > longest.size()) {
      var order = new ArrayList<Step>();
      path.descendingIterator()
          .forEachRemaining(
              f -> {
                if (f.chosen >= 0) {
                  order.add(steps.get(f.chosen));
                }
              });
      longest = order;
    }
  }
}
