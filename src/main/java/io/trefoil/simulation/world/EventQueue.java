package io.trefoil.simulation.world;

import io.trefoil.core.machine.Check;
import java.util.Arrays;

/// What is still to happen, earliest first; of two at one time, the one that was added first. A
/// binary heap over two arrays of numbers: no object per entry, and an occurrence stays where it
/// was put, for a reference moved costs what the garbage collector wants to know of it.
final class EventQueue {

  private static final int FIRST_CAPACITY = 1_024;
  private static final int PLACE_BITS = 26;
  private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;

  private long[] times = new long[FIRST_CAPACITY];

  /// The high bits tell the order of adding, the low ones the place of the occurrence. Behind the
  /// end of the heap only the places count: they are free.
  private long[] orders = new long[FIRST_CAPACITY];

  private Occurrence[] occurrences = new Occurrence[FIRST_CAPACITY];
  private int size;
  private long added;

  EventQueue() {
    Arrays.setAll(orders, place -> place);
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// When the next one happens; there must be one.
  long nextAt() {
    return times[0];
  }

  void add(long at, Occurrence occurrence) {
    if (size == times.length) {
      grow();
    }
    int place = placeOf(orders[size]);
    occurrences[place] = occurrence;
    siftUp(size++, at, ++added << PLACE_BITS | place);
  }

  /// Takes the next one; there must be one.
  Occurrence poll() {
    long first = orders[0];
    size--;
    if (size > 0) {
      siftDown(times[size], orders[size]);
    }
    orders[size] = first;
    int place = placeOf(first);
    Occurrence occurrence = occurrences[place];
    occurrences[place] = null;
    return occurrence;
  }

  private static int placeOf(long order) {
    return (int) (order & PLACE_MASK);
  }

  private void grow() {
    int capacity = 2 * size;
    Check.that(capacity <= PLACE_MASK + 1, () -> "too much is to happen: " + capacity);
    times = Arrays.copyOf(times, capacity);
    orders = Arrays.copyOf(orders, capacity);
    occurrences = Arrays.copyOf(occurrences, capacity);
    for (int place = size; place < capacity; place++) {
      orders[place] = place;
    }
  }

  private void siftUp(int from, long at, long order) {
    int hole = from;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (isBefore(parent, at, order)) {
        break;
      }
      put(hole, times[parent], orders[parent]);
      hole = parent;
    }
    put(hole, at, order);
  }

  private void siftDown(long at, long order) {
    int hole = 0;
    for (int child = 1; child < size; child = 2 * hole + 1) {
      int right = child + 1;
      int least = right < size && isBefore(right, times[child], orders[child]) ? right : child;
      if (!isBefore(least, at, order)) {
        break;
      }
      put(hole, times[least], orders[least]);
      hole = least;
    }
    put(hole, at, order);
  }

  private boolean isBefore(int index, long at, long order) {
    return times[index] < at || times[index] == at && orders[index] < order;
  }

  private void put(int index, long at, long order) {
    times[index] = at;
    orders[index] = order;
  }
}
