package io.trefoil.runtime;

import java.util.Map;

/// Whether a node is ready for clients, and why not.
///
/// @param ready whether it knows a cluster map and reaches a majority of the seeds
/// @param reason one sentence, also when ready
/// @param data facts behind the sentence, by name: `epoch`, `waitingFor`; values are strings,
///   numbers or booleans
public record Readiness(boolean ready, String reason, Map<String, Object> data) {}
