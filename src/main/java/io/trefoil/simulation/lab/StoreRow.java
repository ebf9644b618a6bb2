package io.trefoil.simulation.lab;

import java.time.Duration;
import java.util.Optional;

/// What was measured of a whole store of so many nodes and keys.
///
/// @param nodes how many there were at first
/// @param keys how many were written
/// @param whole from the start of all nodes until all were ready and every partition was whole;
///   empty if not within the limit
/// @param written how long writing all keys took
/// @param notDone writes that were not acknowledged
/// @param peakToMean keys on the fullest node over keys on a node on average
/// @param repaired from the crash of one node until every partition was whole again without it, its
///   eviction delay included; empty if not within the limit
/// @param wrongCopies keys without equal copies on all their voters afterwards
/// @param surplusCopies copies elsewhere
/// @param events how many inputs nodes took
/// @param virtualTime how long it was for the nodes
public record StoreRow(
    int nodes,
    int keys,
    Optional<Duration> whole,
    Duration written,
    int notDone,
    double peakToMean,
    Optional<Duration> repaired,
    int wrongCopies,
    long surplusCopies,
    long events,
    Duration virtualTime) {}
