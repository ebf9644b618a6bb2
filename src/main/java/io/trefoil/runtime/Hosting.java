package io.trefoil.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import java.util.Optional;
import java.util.function.Consumer;

/// What a verticle needs besides its plan.
///
/// @param address the event-bus address at which the node answers
/// @param status where it says how it is
/// @param meters where it counts what it does
/// @param tracer where it draws the spans of operations; empty if nobody traces
/// @param operations takes the lines of the operation log
/// @param broken told why, in a sentence, when the node stopped for good and the process must end
record Hosting(
    String address,
    NodeStatus status,
    MeterRegistry meters,
    Optional<Tracer> tracer,
    Consumer<String> operations,
    Consumer<String> broken) {}
