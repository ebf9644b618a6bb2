package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.unless;

import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stored;
import io.trefoil.core.stabilization.BucketSums;
import io.trefoil.core.stabilization.StabilizationMessage;
import io.trefoil.core.stabilization.StabilizationMessage.Compare;
import io.trefoil.core.stabilization.StabilizationMessage.Compared;
import io.trefoil.core.stabilization.StabilizationMessage.Fetch;
import io.trefoil.core.stabilization.StabilizationMessage.ListKeys;
import io.trefoil.core.stabilization.StabilizationMessage.ListedKeys;
import io.trefoil.core.stabilization.StabilizationMessage.Misfit;
import io.trefoil.core.stabilization.StabilizationMessage.Page;
import io.trefoil.wire.proto.StabilizationProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the voters of a partition say to each other about their copies.
final class StabilizationCodec {

  private StabilizationCodec() {}

  static StabilizationProto.StabilizationMessage encode(StabilizationMessage message) {
    var wire = StabilizationProto.StabilizationMessage.newBuilder().setNumber(message.number());
    switch (message) {
      case Compare compare -> wire.setCompare(encode(compare));
      case Compared compared -> wire.setCompared(encode(compared));
      case Fetch fetch -> wire.setFetch(encode(fetch));
      case Page page -> wire.setPage(encode(page));
      case ListKeys question -> wire.setList(encode(question));
      case ListedKeys keys -> wire.setListed(encode(keys));
      case Misfit misfit ->
          wire.setMisfit(StabilizationProto.Misfit.newBuilder().setEpoch(misfit.epoch()));
    }
    return wire.build();
  }

  static StabilizationMessage decode(StabilizationProto.StabilizationMessage wire)
      throws Undecodable {
    long number = wire.getNumber();
    return switch (wire.getBodyCase()) {
      case COMPARE -> decode(number, wire.getCompare());
      case COMPARED -> decode(number, wire.getCompared());
      case FETCH -> decode(number, wire.getFetch());
      case PAGE -> decode(number, wire.getPage());
      case LIST -> decode(number, wire.getList());
      case LISTED -> decode(number, wire.getListed());
      case MISFIT -> new Misfit(number, ModelCodec.epoch(wire.getMisfit().getEpoch()));
      case BODY_NOT_SET -> throw Undecodable.newer();
    };
  }

  private static StabilizationProto.CompareCopies encode(Compare compare) {
    return StabilizationProto.CompareCopies.newBuilder()
        .setPartition(compare.partition())
        .setEpoch(compare.epoch())
        .setRun(compare.run())
        .addAllSums(compare.sums().list())
        .setFloor(ModelCodec.encode(compare.floor()))
        .build();
  }

  private static Compare decode(long number, StabilizationProto.CompareCopies wire)
      throws Undecodable {
    unless(wire.getRun() > 0, "run");
    return new Compare(
        number,
        ModelCodec.partition(wire.getPartition()),
        ModelCodec.epoch(wire.getEpoch()),
        wire.getRun(),
        sums(wire.getSumsList()),
        ModelCodec.decode(wire.getFloor()));
  }

  private static StabilizationProto.ComparedCopies encode(Compared compared) {
    var wire =
        StabilizationProto.ComparedCopies.newBuilder()
            .setRun(compared.run())
            .addAllSums(compared.sums().list());
    if (!compared.floor().equals(Ballot.ZERO)) {
      wire.setFloor(ModelCodec.encode(compared.floor()));
    }
    return wire.build();
  }

  private static Compared decode(long number, StabilizationProto.ComparedCopies wire)
      throws Undecodable {
    unless(wire.getRun() > 0, "run");
    return new Compared(
        number, wire.getRun(), sums(wire.getSumsList()), ModelCodec.decode(wire.getFloor()));
  }

  private static StabilizationProto.FetchPage encode(Fetch fetch) {
    var wire =
        StabilizationProto.FetchPage.newBuilder()
            .setPartition(fetch.partition())
            .setEpoch(fetch.epoch())
            .setMask(fetch.mask());
    fetch.after().ifPresent(key -> wire.setAfter(key.text()));
    return wire.build();
  }

  private static Fetch decode(long number, StabilizationProto.FetchPage wire) throws Undecodable {
    unless(wire.getMask() != 0, "mask");
    return new Fetch(
        number,
        ModelCodec.partition(wire.getPartition()),
        ModelCodec.epoch(wire.getEpoch()),
        wire.getMask(),
        key(wire.hasAfter(), wire.getAfter()));
  }

  private static StabilizationProto.CopyPage encode(Page page) {
    var wire = StabilizationProto.CopyPage.newBuilder();
    page.after().ifPresent(key -> wire.setAfter(key.text()));
    for (Stored entry : page.entries()) {
      wire.addEntries(encode(entry));
    }
    page.next().ifPresent(key -> wire.setNext(key.text()));
    if (!page.floor().equals(Ballot.ZERO)) {
      wire.setFloor(ModelCodec.encode(page.floor()));
    }
    return wire.build();
  }

  private static Page decode(long number, StabilizationProto.CopyPage wire) throws Undecodable {
    var entries = new ArrayList<Stored>(wire.getEntriesCount());
    for (StabilizationProto.CopyEntry entry : wire.getEntriesList()) {
      entries.add(decode(entry));
    }
    return new Page(
        number,
        key(wire.hasAfter(), wire.getAfter()),
        entries,
        key(wire.hasNext(), wire.getNext()),
        ModelCodec.decode(wire.getFloor()));
  }

  private static StabilizationProto.ListKeys encode(ListKeys question) {
    var wire =
        StabilizationProto.ListKeys.newBuilder()
            .setPartition(question.partition())
            .setEpoch(question.epoch());
    question.after().ifPresent(key -> wire.setAfter(key.text()));
    return wire.build();
  }

  private static ListKeys decode(long number, StabilizationProto.ListKeys wire) throws Undecodable {
    return new ListKeys(
        number,
        ModelCodec.partition(wire.getPartition()),
        ModelCodec.epoch(wire.getEpoch()),
        key(wire.hasAfter(), wire.getAfter()));
  }

  private static StabilizationProto.ListedKeys encode(ListedKeys listed) {
    var wire = StabilizationProto.ListedKeys.newBuilder();
    listed.keys().forEach(key -> wire.addKeys(key.text()));
    listed.next().ifPresent(key -> wire.setNext(key.text()));
    return wire.build();
  }

  private static ListedKeys decode(long number, StabilizationProto.ListedKeys wire)
      throws Undecodable {
    var keys = new ArrayList<Key>(wire.getKeysCount());
    for (String text : wire.getKeysList()) {
      keys.add(ModelCodec.key(text));
    }
    return new ListedKeys(number, keys, key(wire.hasNext(), wire.getNext()));
  }

  private static StabilizationProto.CopyEntry encode(Stored entry) {
    return StabilizationProto.CopyEntry.newBuilder()
        .setKey(entry.key().text())
        .setAccepted(ModelCodec.encode(entry.register().accepted()))
        .setRecord(RecordCodec.encode(entry.register().record().orElseThrow()))
        .build();
  }

  private static Stored decode(StabilizationProto.CopyEntry wire) throws Undecodable {
    Record record = RecordCodec.decode(wire.getRecord());
    Register register = Register.accepting(ModelCodec.drawn(wire.getAccepted()), record);
    return new Stored(ModelCodec.key(wire.getKey()), register);
  }

  private static BucketSums sums(List<Long> wire) throws Undecodable {
    unless(wire.size() == BucketSums.BUCKETS, "sums");
    return BucketSums.of(wire);
  }

  private static Optional<Key> key(boolean present, String text) throws Undecodable {
    return present ? Optional.of(ModelCodec.key(text)) : Optional.empty();
  }
}
