package io.trefoil.cli.backup;

/// Which cluster a backup is of.
///
/// @param cluster its name
/// @param clusterId its id, drawn when it was founded: 16 hexadecimal digits
/// @param partitions how many it has
public record Origin(String cluster, String clusterId, int partitions) {}
