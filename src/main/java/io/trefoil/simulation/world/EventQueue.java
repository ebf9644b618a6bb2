package io.trefoil.simulation.world;

import java.util.Arrays;

/// What is still to happen, earliest first; of two at one time, the one that was added first. A
/// binary heap over three arrays: no object per entry, no boxed numbers.
final class EventQueue {

  private static final int FIRST_CAPACITY = 1_024;

  private long[] times = new long[FIRST_CAPACITY];
  private long[] sequences = new long[FIRST_CAPACITY];
  private Occurrence[] occurrences = new Occurrence[FIRST_CAPACITY];
  private int size;
  private long added;

  boolean isEmpty() {
    return size == 0;
  }

  /// When the next one happens; there must be one.
  long nextAt() {
    return times[0];
  }

  void add(long at, Occurrence occurrence) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      sequences = Arrays.copyOf(sequences, 2 * size);
      occurrences = Arrays.copyOf(occurrences, 2 * size);
    }
    siftUp(size++, at, ++added, occurrence);
  }

  /// Takes the next one; there must be one.
  Occurrence poll() {
    Occurrence first = occurrences[0];
    size--;
    long at = times[size];
    long sequence = sequences[size];
    Occurrence last = occurrences[size];
    occurrences[size] = null;
    if (size > 0) {
      siftDown(at, sequence, last);
    }
    return first;
  }

  private void siftUp(int from, long at, long sequence, Occurrence occurrence) {
    int hole = from;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (isBefore(parent, at, sequence)) {
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    put(hole, at, sequence, occurrence);
  }

  private void siftDown(long at, long sequence, Occurrence occurrence) {
    int hole = 0;
    for (int child = 1; child < size; child = 2 * hole + 1) {
      int right = child + 1;
      int least = right < size && isBefore(right, times[child], sequences[child]) ? right : child;
      if (!isBefore(least, at, sequence)) {
        break;
      }
      move(least, hole);
      hole = least;
    }
    put(hole, at, sequence, occurrence);
  }

  private boolean isBefore(int index, long at, long sequence) {
    return times[index] < at || times[index] == at && sequences[index] < sequence;
  }

  private void move(int from, int to) {
    put(to, times[from], sequences[from], occurrences[from]);
  }

  private void put(int index, long at, long sequence, Occurrence occurrence) {
    times[index] = at;
    sequences[index] = sequence;
    occurrences[index] = occurrence;
  }
}
