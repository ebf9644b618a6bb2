package io.trefoil.core.stabilization;

import io.trefoil.core.machine.Check;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stored;
import io.trefoil.core.register.Directory;
import io.trefoil.core.stabilization.StabilizationMessage.Compare;
import io.trefoil.core.stabilization.StabilizationMessage.Compared;
import io.trefoil.core.stabilization.StabilizationMessage.Fetch;
import io.trefoil.core.stabilization.StabilizationMessage.ListKeys;
import io.trefoil.core.stabilization.StabilizationMessage.ListedKeys;
import io.trefoil.core.stabilization.StabilizationMessage.Misfit;
import io.trefoil.core.stabilization.StabilizationMessage.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/// The source's side: answers what this node's copies hold. A few questions are worked on at a
/// time, others wait, and what finds no place there is dropped: whoever asked asks again.
///
/// Only a voter in the same epoch, one that may vote, answers: its copy then holds all that it
/// accepted in earlier epochs, since it takes nothing of those any more.
final class Serving {

  private static final int AT_ONCE = 8;
  private static final int WAITING = 256;

  /// How many keys one answer lists at most, about, and how much is read for it.
  private static final int LIST_KEYS = 1_000;

  private static final long LIST_BYTES = 4L << 20;

  /// How long a difference seen by another is left to the comparison begun here last: under load
  /// two copies always differ by what is under way.
  private static final Duration DOUBT_AGAIN = Duration.ofSeconds(10);

  private final StabilizationSettings settings;
  private final Directory directory;
  private final Installer installer;
  private final Copies copies;
  private final Agenda agenda;
  private final Sessions sessions;
  private final Reader reader;
  private final Courtesy courtesy;
  private final SequencedSet<Question> waiting = new LinkedHashSet<>();
  private final SequencedSet<Question> working = new LinkedHashSet<>();

  /// What somebody wants to know. Repeated, it is the same.
  private record Question(Peer from, StabilizationMessage message, Copy copy) {}

  /// How far a copy was summed up.
  ///
  /// @param sinceNanos when that began
  /// @param after behind which key to go on
  private record Summing(Contents contents, long sinceNanos, Optional<Key> after) {

    static Summing begun(Turn turn) {
      return new Summing(Contents.NONE, turn.nanos(), Optional.empty());
    }

    Summing plus(List<Stored> registers) {
      return new Summing(contents.plus(registers), sinceNanos, Reader.end(registers));
    }
  }

  Serving(
      StabilizationSettings settings,
      Directory directory,
      Installer installer,
      Copies copies,
      Agenda agenda,
      Sessions sessions,
      Reader reader,
      Courtesy courtesy) {
    this.settings = settings;
    this.directory = directory;
    this.installer = installer;
    this.copies = copies;
    this.agenda = agenda;
    this.sessions = sessions;
    this.reader = reader;
    this.courtesy = courtesy;
  }

  /// A co-voter tells what it holds, and asks the same.
  void compare(Peer from, Compare compare, Turn turn) {
    Optional<Copy> copy = fitting(from, compare, compare.partition(), compare.epoch(), turn);
    if (copy.isPresent()) {
      copy.get().inRun(from.id(), compare.run());
      take(new Question(from, compare, copy.get()), turn);
    }
  }

  /// A co-voter asks for a part of what is here.
  void fetch(Peer from, Fetch fetch, Turn turn) {
    fitting(from, fetch, fetch.partition(), fetch.epoch(), turn)
        .ifPresent(copy -> take(new Question(from, fetch, copy), turn));
  }

  /// A node, a co-voter or not, asks which keys are here.
  void list(Peer from, ListKeys question, Turn turn) {
    fitting(from, question, question.partition(), question.epoch(), turn)
        .ifPresent(copy -> take(new Question(from, question, copy), turn));
  }

  /// The copy to answer from; empty if the question was answered by that there is none.
  private Optional<Copy> fitting(
      Peer from, StabilizationMessage message, int partition, long epoch, Turn turn) {
    Optional<Copy> fitting =
        copies
            .find(partition, epoch)
            .filter(copy -> directory.mayVote(turn.now()))
            .filter(copy -> message instanceof ListKeys || copy.set.contains(from.id()))
            .filter(copy -> !installer.isDamaged(copy.partition));
    if (fitting.isEmpty()) {
      long own = copies.find(partition).map(copy -> copy.set.epoch()).orElse(0L);
      turn.send(from, new Misfit(message.number(), directory.mayVote(turn.now()) ? own : 0));
    }
    return fitting;
  }

  private void take(Question question, Turn turn) {
    if (!working.contains(question) && waiting.size() < WAITING) {
      waiting.add(question);
      work(turn);
    } else {
      agenda.add(question.copy());
    }
  }

  private void work(Turn turn) {
    int atOnce = courtesy.isDue() ? 1 : AT_ONCE;
    while (working.size() < atOnce && !waiting.isEmpty()) {
      Question question = waiting.removeFirst();
      working.add(question);
      switch (question.message()) {
        case Compare compare -> sum(question, compare, Summing.begun(turn), turn);
        case Fetch fetch -> collect(question, fetch, fetch.after(), List.of(), turn);
        case ListKeys list -> enumerate(question, list, Listing.begun(list), turn);
        case Compared _, Page _, ListedKeys _, Misfit _ ->
            Check.that(false, "only questions are worked on");
      }
    }
  }

  /// Sums up what is left to sum up, and answers.
  private void sum(Question question, Compare compare, Summing before, Turn turn) {
    read(
        question,
        before.after(),
        (registers, last, later) -> {
          Summing summing = before.plus(registers);
          installer.read(compare.partition(), registers);
          if (last) {
            Contents all = summing.contents();
            installer.counted(compare.partition(), all.keys(), all.bytes());
            heed(question, compare, summing, later);
            Ballot floor = installer.floor(compare.partition());
            var answer = new Compared(compare.number(), settings.run(), all.sums(), floor);
            answer(question, answer, later);
          } else {
            sum(question, compare, summing, later);
          }
        },
        turn);
  }

  /// Collects what lies behind a key in the buckets asked for until it is a page, and answers.
  private void collect(
      Question question, Fetch fetch, Optional<Key> after, List<Stored> before, Turn turn) {
    read(
        question,
        after,
        (registers, last, later) -> {
          var entries = new ArrayList<>(before);
          registers.stream()
              .filter(stored -> isWanted(stored, fetch.mask()))
              .map(Serving::accepted)
              .forEach(entries::add);
          boolean isPage = entries.stream().mapToLong(Stored::bytes).sum() >= settings.pageBytes();
          if (last || isPage) {
            Optional<Key> next = last ? Optional.empty() : Reader.end(registers);
            Ballot floor = installer.floor(fetch.partition());
            answer(question, new Page(fetch.number(), fetch.after(), entries, next, floor), later);
          } else {
            collect(question, fetch, Reader.end(registers), entries, later);
          }
        },
        turn);
  }

  /// How far a copy was listed.
  ///
  /// @param bytes how much was read for it
  private record Listing(List<Key> keys, long bytes, Optional<Key> after) {

    static Listing begun(ListKeys list) {
      return new Listing(List.of(), 0, list.after());
    }

    Listing plus(List<Stored> registers) {
      var more = new ArrayList<>(keys);
      registers.stream()
          .filter(stored -> stored.register().record().isPresent())
          .map(Stored::key)
          .forEach(more::add);
      long read = registers.stream().mapToLong(Stored::bytes).sum();
      return new Listing(more, bytes + read, Reader.end(registers));
    }

    boolean isPage() {
      return keys.size() >= LIST_KEYS || bytes >= LIST_BYTES;
    }
  }

  /// Lists the keys behind one until it is a page, and answers.
  private void enumerate(Question question, ListKeys list, Listing before, Turn turn) {
    read(
        question,
        before.after(),
        (registers, last, later) -> {
          Listing listing = before.plus(registers);
          if (last || listing.isPage()) {
            Optional<Key> next = last ? Optional.empty() : listing.after();
            answer(question, new ListedKeys(list.number(), listing.keys(), next), later);
          } else {
            enumerate(question, list, listing, later);
          }
        },
        turn);
  }

  private static boolean isWanted(Stored stored, long mask) {
    return stored.register().record().isPresent()
        && (mask >>> BucketSums.bucket(stored.key()) & 1) == 1;
  }

  /// What was promised here binds nobody else.
  private static Stored accepted(Stored stored) {
    Register register = stored.register();
    return new Stored(
        stored.key(), Register.accepting(register.accepted(), register.record().orElseThrow()));
  }

  /// Draws the conclusion here, too. If both copies are the same, all that the asker had accepted
  /// is here, and what was accepted here before is there. If they differ, the other may hold what
  /// is not here.
  private void heed(Question question, Compare compare, Summing own, Turn turn) {
    Copy copy = question.copy();
    NodeId asker = question.from().id();
    boolean differs = compare.sums().differing(own.contents().sums()) != 0;
    if (!differs && !compare.floor().above(installer.floor(copy.partition))) {
      sessions.equal(copy, asker, own.sinceNanos());
      sessions.synced(copy, asker, compare.run(), turn);
    } else if (differs && !isComparedLately(copy, asker, turn)) {
      copy.doubt(asker);
    }
  }

  private static boolean isComparedLately(Copy copy, NodeId with, Turn turn) {
    return copy.begunNanos(with)
        .filter(begun -> turn.nanos() - begun < DOUBT_AGAIN.toNanos())
        .isPresent();
  }

  /// What to do with a part of a copy.
  private interface Part {
    void read(List<Stored> registers, boolean last, Turn turn);
  }

  /// Reads on, if the voters have not changed meanwhile: the copy may be erased then.
  private void read(Question question, Optional<Key> after, Part part, Turn turn) {
    Copy copy = question.copy();
    Reader.Listener listener =
        new Reader.Listener() {
          @Override
          public void read(List<Stored> registers, boolean last, Turn later) {
            if (copies.find(copy.partition).filter(now -> now == copy).isPresent()) {
              part.read(registers, last, later);
            } else {
              unreadable(later);
            }
          }

          @Override
          public void unreadable(Turn later) {
            answer(question, new Misfit(question.message().number(), 0), later);
          }
        };
    reader.read(copy.partition, after, listener, turn);
  }

  /// Answers. What is still to be compared here comes after what others ask, which may settle it.
  private void answer(Question question, StabilizationMessage answer, Turn turn) {
    turn.send(question.from(), answer);
    working.remove(question);
    copies.find(question.copy().partition).ifPresent(agenda::add);
    work(turn);
  }
}
