package io.trefoil.storage;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapWrite.CouncilVote;
import io.trefoil.core.map.MapWrite.GenesisVote;
import io.trefoil.core.model.Register;
import io.trefoil.core.register.PartitionCopy;
import java.util.function.Function;

/// How a node's state becomes bytes. Handed to the store, which keeps bytes and knows no encoding.
///
/// @param registers what a replica knows of one key
/// @param votes what a seed promised and accepted
/// @param councilVotes what a council member promised and accepted
/// @param maps the cluster map
/// @param copies what a replica keeps of a partition as a whole
public record Format(
    Codec<Register> registers,
    Codec<GenesisVote> votes,
    Codec<CouncilVote> councilVotes,
    Codec<ClusterMap> maps,
    Codec<PartitionCopy> copies) {

  /// Both directions for one type.
  ///
  /// @param encode never fails
  /// @param decode throws [IllegalArgumentException] for bytes that `encode` did not make
  public record Codec<T>(Function<T, byte[]> encode, Function<byte[], T> decode) {}
}
