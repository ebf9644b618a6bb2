package io.trefoil.core.register;

import io.trefoil.core.machine.Check;
import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Now;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Rule;
import io.trefoil.core.register.RegisterCache.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A replica's registers between memory and disk: loads them when they are asked for, writes their
/// new states, and holds back what may only be said once a state is durable.
final class Registry {

  /// What waits for the disk: for a register to be read, which may have to be loaded again by then,
  /// or for a state to be durable.
  @FunctionalInterface
  interface Waiting {
    void resume(Now now, RegisterSink out);
  }

  private record Loading(int partition, Key key, long erasures, List<Waiting> waiting) {}

  private record Persisting(Entry entry, Register state, List<Waiting> deeds) {}

  private final Copies copies;
  private final Set<Rule> rules;
  private final Census census;
  private final RegisterCache cache = new RegisterCache();
  private final Map<Long, Loading> loading = new LinkedHashMap<>();
  private final Map<Key, Loading> loadingByKey = new LinkedHashMap<>();
  private final Map<Long, Persisting> persisting = new LinkedHashMap<>();
  private final Map<Long, Waiting> writing = new LinkedHashMap<>();
  private final Map<Integer, Long> erasures = new LinkedHashMap<>();
  private long tickets;

  Registry(Copies copies, Census census, Set<Rule> rules) {
    this.census = census;
    this.copies = copies;
    this.rules = rules;
  }

  /// The register, if it is in memory.
  Optional<Entry> find(Key key) {
    return cache.find(key);
  }

  /// Loads a register that is not in memory.
  void load(int partition, Key key, Waiting waiting, RegisterSink out) {
    Loading under = loadingByKey.get(key);
    if (under == null) {
      under = new Loading(partition, key, erasuresOf(partition), new ArrayList<>());
      loading.put(++tickets, under);
      loadingByKey.put(key, under);
      out.emit(new Effect.Fetch<>(tickets, partition, key));
    }
    under.waiting().add(waiting);
  }

  /// The disk answers. What it read from a copy that was erased meanwhile is void, and read again.
  void fetched(long ticket, Register register, Now now, RegisterSink out) {
    Loading load = loaded(ticket);
    if (load.erasures() == erasuresOf(load.partition())) {
      boolean remembers = rules.contains(Rule.REMEMBER_PROMISES);
      Register known = remembers ? register : register.promising(register.accepted());
      cache.load(load.partition(), load.key(), known);
    }
    load.waiting().forEach(waiting -> waiting.resume(now, out));
  }

  /// The disk cannot answer: the copy is damaged, unless it was erased meanwhile. Who waited is
  /// heard again, and finds that.
  void unreadable(long ticket, Now now, RegisterSink out) {
    if (!rules.contains(Rule.ABSTAIN_WHEN_DAMAGED)) {
      fetched(ticket, Register.EMPTY, now, out);
      return;
    }
    Loading load = loaded(ticket);
    if (load.erasures() == erasuresOf(load.partition()) && copies.damage(load.partition())) {
      out.announce(new Event.CopyDamaged(load.partition()));
    }
    load.waiting().forEach(waiting -> waiting.resume(now, out));
  }

  private Loading loaded(long ticket) {
    Loading load = loading.remove(ticket);
    Check.that(load != null, () -> "a fetch is answered once: " + ticket);
    loadingByKey.remove(load.key());
    return load;
  }

  /// Moves a register on to a new state, and writes it.
  void persist(Entry entry, Register state, RegisterSink out) {
    census.change(entry.partition, entry.key, entry.latest, state);
    entry.advance(state);
    long ticket = ++tickets;
    entry.ticket = ticket;
    persisting.put(ticket, new Persisting(entry, state, new ArrayList<>(1)));
    out.emit(
        new Effect.Persist<>(ticket, new RegisterWrite.Changed(entry.partition, entry.key, state)));
  }

  /// Says something once all that the register has taken so far is on disk.
  void answer(Entry entry, Waiting answer, Now now, RegisterSink out) {
    if (rules.contains(Rule.PERSIST_BEFORE_ANSWER)) {
      whenDurable(entry, answer, now, out);
    } else {
      answer.resume(now, out);
    }
  }

  /// Does something once all that the register has taken so far is on disk.
  void whenDurable(Entry entry, Waiting deed, Now now, RegisterSink out) {
    if (entry.unpersisted == 0) {
      deed.resume(now, out);
    } else {
      persisting.get(entry.ticket).deeds().add(deed);
    }
  }

  /// Writes something that is no register's state, and does something once it is on disk.
  void write(RegisterWrite write, Waiting deed, RegisterSink out) {
    writing.put(++tickets, deed);
    out.emit(new Effect.Persist<>(tickets, write));
  }

  /// Forgets a register that has nothing unwritten.
  void forget(Entry entry, RegisterWrite write, RegisterSink out) {
    census.change(entry.partition, entry.key, entry.latest, Register.EMPTY);
    cache.remove(entry);
    write(write, (_, _) -> {}, out);
  }

  /// Forgets all registers of a partition, whose copy is being erased. What was accepted before and
  /// is still on its way to the disk is answered all the same: it was accepted then.
  void erase(int partition) {
    erasures.merge(partition, 1L, Long::sum);
    cache.removeAll(partition);
    census.clear(partition);
  }

  /// Makes room if a register has grown.
  void resize(Entry entry) {
    cache.resize(entry);
  }

  /// A write is on disk.
  void persisted(long ticket, Now now, RegisterSink out) {
    Waiting deed = writing.remove(ticket);
    if (deed != null) {
      deed.resume(now, out);
      return;
    }
    Persisting done = persisting.remove(ticket);
    Check.that(done != null, () -> "a write is persisted once: " + ticket);
    done.entry().persisted(done.state());
    done.deeds().forEach(each -> each.resume(now, out));
  }

  /// How often a partition's copy was erased in this run.
  long erasuresOf(int partition) {
    return erasures.getOrDefault(partition, 0L);
  }
}
