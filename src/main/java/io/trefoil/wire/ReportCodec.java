package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.unless;

import io.trefoil.core.map.MapMessage.Noted;
import io.trefoil.core.map.MapMessage.Report;
import io.trefoil.core.map.Progress;
import io.trefoil.core.map.Summary;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.Partitions;
import io.trefoil.wire.proto.MapProto;
import java.util.ArrayList;
import java.util.List;

/// What a node tells the council of its copies, and what it is told back.
final class ReportCodec {

  private ReportCodec() {}

  static MapProto.Report encode(Report report) {
    Progress progress = report.progress();
    return MapProto.Report.newBuilder()
        .setNumber(report.number())
        .setEpoch(progress.epoch())
        .setBehind(encode(progress.behind()))
        .setOpen(encode(progress.open()))
        .setSurplus(encode(progress.surplus()))
        .setDamaged(encode(progress.damaged()))
        .setKeys(progress.keys())
        .setBytes(progress.bytes())
        .build();
  }

  static Report decode(MapProto.Report wire) throws Undecodable {
    return new Report(
        wire.getNumber(),
        new Progress(
            ModelCodec.epoch(wire.getEpoch()),
            decode(wire.getBehind()),
            decode(wire.getOpen()),
            decode(wire.getSurplus()),
            decode(wire.getDamaged()),
            wire.getKeys(),
            wire.getBytes()));
  }

  static MapProto.Noted encode(Noted noted) {
    return MapProto.Noted.newBuilder()
        .setNumber(noted.number())
        .setGranted(noted.granted())
        .setSummary(encode(noted.summary()))
        .setDroppable(encode(noted.droppable()))
        .setSteward(noted.steward().bits())
        .build();
  }

  static Noted decode(MapProto.Noted wire) throws Undecodable {
    return new Noted(
        wire.getNumber(),
        wire.getGranted(),
        decode(wire.getSummary()),
        decode(wire.getDroppable()),
        new NodeId(wire.getSteward()));
  }

  private static MapProto.Summary encode(Summary summary) {
    return MapProto.Summary.newBuilder()
        .setEpoch(summary.epoch())
        .setTotal(summary.total())
        .setWhole(summary.whole())
        .setMoving(summary.moving())
        .setUnderReplicated(summary.underReplicated())
        .setUnavailable(summary.unavailable())
        .setForced(summary.forced())
        .build();
  }

  private static Summary decode(MapProto.Summary wire) throws Undecodable {
    return new Summary(
        ModelCodec.epoch(wire.getEpoch()),
        wire.getTotal(),
        wire.getWhole(),
        wire.getMoving(),
        wire.getUnderReplicated(),
        wire.getUnavailable(),
        wire.getForced());
  }

  private static MapProto.PartitionRuns encode(List<Integer> partitions) {
    var wire = MapProto.PartitionRuns.newBuilder();
    int end = 0;
    for (int i = 0; i < partitions.size(); ) {
      int begin = partitions.get(i);
      wire.addLengths(begin - end);
      for (end = begin; i < partitions.size() && partitions.get(i) == end; i++) {
        end++;
      }
      wire.addLengths(end - begin);
    }
    return wire.build();
  }

  private static List<Integer> decode(MapProto.PartitionRuns wire) throws Undecodable {
    var partitions = new ArrayList<Integer>();
    long next = 0;
    for (int i = 0; i < wire.getLengthsCount(); i++) {
      long end = next + Integer.toUnsignedLong(wire.getLengths(i));
      unless(end <= Partitions.MAX_COUNT, "partition");
      for (; i % 2 == 1 && next < end; next++) {
        partitions.add((int) next);
      }
      next = end;
    }
    return List.copyOf(partitions);
  }
}
