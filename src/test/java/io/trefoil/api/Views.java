package io.trefoil.api;

import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Version;
import io.trefoil.runtime.ClusterView;
import io.trefoil.runtime.ClusterView.Member;
import io.trefoil.runtime.ClusterView.PartitionCounts;
import io.trefoil.runtime.ClusterView.Standing;
import io.trefoil.runtime.FakeFacade;
import io.trefoil.runtime.KeyView;
import io.trefoil.runtime.KeyView.Replica;
import io.trefoil.runtime.RingView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a node may tell of a cluster and of a key.
final class Views {

  private static final NodeId SILENT = new NodeId(-1);

  static final Ballot BALLOT =
      new Ballot(1, HybridTimestamp.ofMillis(FakeFacade.MILLIS), FakeFacade.ID, 3);

  /// Two members: this one, and one that membership suspects.
  static final ClusterView CLUSTER =
      new ClusterView(
          "test",
          Optional.of("00000000000000ff"),
          7,
          false,
          List.of(FakeFacade.ID, FakeFacade.PEER),
          Optional.of(FakeFacade.ID),
          new PartitionCounts(16, 10, 1, 4, 2, 0),
          5,
          List.of(3),
          List.of(
              new Member(
                  "node-a",
                  FakeFacade.ID,
                  Optional.of(Standing.ACTIVE),
                  Optional.of(MemberState.ALIVE),
                  "10.0.0.1:8080",
                  "10.0.0.1:7400",
                  "east",
                  1,
                  9,
                  16,
                  Optional.of(100L),
                  Optional.of(2_048L),
                  7,
                  Optional.of(0L)),
              new Member(
                  "node-b",
                  FakeFacade.PEER,
                  Optional.of(Standing.DRAINING),
                  Optional.of(MemberState.SUSPECT),
                  "",
                  "10.0.0.2:7400",
                  "",
                  0,
                  7,
                  16,
                  Optional.empty(),
                  Optional.empty(),
                  6,
                  Optional.empty())));

  /// A node before it knows anything.
  static final ClusterView NOTHING =
      new ClusterView(
          "test",
          Optional.empty(),
          0,
          false,
          List.of(),
          Optional.empty(),
          PartitionCounts.NONE,
          0,
          List.of(),
          List.of());

  /// Two partitions, one of them on its way to another voter.
  static final RingView RING =
      new RingView(
          7,
          3,
          List.of(
              new RingView.Share(FakeFacade.ID, "node-a", "", 1, Standing.ACTIVE, 2, 2, 2.0 / 3),
              new RingView.Share(
                  FakeFacade.PEER, "node-b", "", 1, Standing.DRAINING, 0, 1, 1.0 / 3)),
          List.of(List.of(0, 1), List.of(1)),
          Map.of(1, List.of(0)));

  /// A key on three replicas: one holds it, one never heard of it, one does not answer.
  static final KeyView KEY =
      new KeyView(
          new Key("any"),
          -2,
          15,
          1,
          List.of(
              new Replica(
                  FakeFacade.ID,
                  "node-a",
                  true,
                  Optional.of(BALLOT),
                  Optional.of(new Version(BALLOT)),
                  Optional.of(true),
                  false),
              new Replica(
                  FakeFacade.PEER,
                  "node-b",
                  true,
                  Optional.of(Ballot.ZERO),
                  Optional.empty(),
                  Optional.of(false),
                  false),
              new Replica(
                  SILENT,
                  "node-c",
                  false,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  false)));

  private Views() {}
}
