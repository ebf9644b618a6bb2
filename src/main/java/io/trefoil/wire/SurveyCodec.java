package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.unless;

import io.trefoil.core.map.MapMessage.MayStop;
import io.trefoil.core.map.MapMessage.Survey;
import io.trefoil.core.map.MapMessage.Surveyed;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Stock;
import io.trefoil.core.ring.Partitions;
import io.trefoil.wire.proto.MapProto;
import java.util.ArrayList;

/// What the steward is asked about the members, and what it tells.
final class SurveyCodec {

  private SurveyCodec() {}

  static MapProto.MayStop encode(MayStop question) {
    return MapProto.MayStop.newBuilder()
        .setNumber(question.number())
        .setName(question.name())
        .build();
  }

  static MayStop decode(MapProto.MayStop wire) throws Undecodable {
    return new MayStop(wire.getNumber(), ModelCodec.name(wire.getName()));
  }

  static MapProto.Survey encode(Survey question) {
    return MapProto.Survey.newBuilder()
        .setNumber(question.number())
        .setPartitionAndOne(Math.max(0, question.partition() + 1))
        .build();
  }

  static Survey decode(MapProto.Survey wire) throws Undecodable {
    int partition = wire.getPartitionAndOne() - 1;
    unless(partition >= -1 && partition < Partitions.MAX_COUNT, "partition");
    return new Survey(wire.getNumber(), partition);
  }

  static MapProto.Surveyed encode(Surveyed surveyed) {
    var wire = MapProto.Surveyed.newBuilder().setNumber(surveyed.number());
    for (Stock stock : surveyed.stocks()) {
      wire.addStocks(
          MapProto.Surveyed.Stock.newBuilder()
              .setNode(stock.node().bits())
              .setKeys(stock.keys())
              .setBytes(stock.bytes()));
    }
    surveyed.complete().forEach(node -> wire.addComplete(node.bits()));
    return wire.build();
  }

  static Surveyed decode(MapProto.Surveyed wire) throws Undecodable {
    unless(wire.getStocksCount() <= Limits.MEMBERS, "stocks");
    unless(wire.getCompleteCount() <= 2 * Limits.VOTERS, "complete");
    var stocks = new ArrayList<Stock>(wire.getStocksCount());
    for (MapProto.Surveyed.Stock stock : wire.getStocksList()) {
      stocks.add(new Stock(ModelCodec.node(stock.getNode()), stock.getKeys(), stock.getBytes()));
    }
    var complete = new ArrayList<NodeId>(wire.getCompleteCount());
    for (long bits : wire.getCompleteList()) {
      complete.add(ModelCodec.node(bits));
    }
    return new Surveyed(wire.getNumber(), stocks, complete);
  }
}
