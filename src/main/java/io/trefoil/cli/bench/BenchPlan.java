package io.trefoil.cli.bench;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/// What a benchmark does.
///
/// @param endpoints the nodes; clients are spread over them
/// @param readPercent how many of a hundred operations read; the others write, blindly
/// @param keys how many keys there are, drawn evenly
/// @param valueBytes of each value
/// @param clients how many operations are under way at a time
/// @param warmUp for how long nothing is counted at first: the nodes' code is compiled as it is
///   used
/// @param duration for how long is counted then
public record BenchPlan(
    List<URI> endpoints,
    int readPercent,
    int keys,
    int valueBytes,
    int clients,
    Duration warmUp,
    Duration duration) {}
