package io.trefoil.runtime;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.trefoil.core.machine.Event;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Request;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// Draws a span for each operation that this node coordinates, and in it one for each question to a
/// voter, from the moment it is asked to the moment it answers. A voter slower than the quorum
/// answers after the operation's end; one that never does leaves a span with an error.
///
/// docs/metrics.md lists the names and attributes.
final class Tracing implements Watcher {

  private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("trefoil.operation");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("trefoil.outcome");
  private static final AttributeKey<String> KEY = AttributeKey.stringKey("trefoil.key");
  private static final AttributeKey<String> NODE = AttributeKey.stringKey("trefoil.node");
  private static final AttributeKey<String> VOTER = AttributeKey.stringKey("trefoil.voter");
  private static final AttributeKey<Long> ROUND = AttributeKey.longKey("trefoil.round");
  private static final AttributeKey<Boolean> GRANTED = AttributeKey.booleanKey("trefoil.granted");

  private final Tracer tracer;
  private final String node;
  private final Function<NodeId, String> names;
  private final Map<Long, Trace> open = new HashMap<>();

  /// One operation.
  private static final class Trace {
    private final Context context;
    private final Map<Asked, Span> questions = new HashMap<>();
    private boolean ended;

    Trace(Context context) {
      this.context = context;
    }
  }

  /// Whom a span asks.
  private record Asked(int round, NodeId voter) {}

  /// Traces of what one node coordinates.
  ///
  /// @param node its name
  /// @param names what the operator calls a node
  Tracing(Tracer tracer, String node, Function<NodeId, String> names) {
    this.tracer = tracer;
    this.node = node;
    this.names = names;
  }

  @Override
  public void began(long number, Request request, Context within) {
    String operation = request.operation().kind().label();
    Span span =
        tracer
            .spanBuilder("trefoil " + operation)
            .setParent(within)
            .setAttribute(OPERATION, operation)
            .setAttribute(NODE, node)
            .setAttribute(KEY, request.operation().key().text())
            .startSpan();
    open.put(number, new Trace(within.with(span)));
  }

  @Override
  public void ended(long number, Request request, Outcome outcome, long nanos) {
    Trace trace = open.get(number);
    Span span = Span.fromContext(trace.context);
    span.setAttribute(OUTCOME, OperationLog.label(outcome));
    switch (outcome) {
      case Outcome.NotDone(var reason) -> span.setStatus(StatusCode.ERROR, "not done: " + reason);
      case Outcome.Unknown(var reason) -> span.setStatus(StatusCode.ERROR, "unknown: " + reason);
      case Outcome.Found _, Outcome.Inspected _, Outcome.Done _, Outcome.Refused _ -> {
        // It came to a definite end.
      }
    }
    span.end();
    trace.ended = true;
    if (trace.questions.isEmpty()) {
      open.remove(number);
    }
  }

  @Override
  public void happened(Event event) {
    if (event instanceof Event.Step step) {
      Trace trace = open.get(step.number());
      if (trace != null) {
        follow(trace, step);
      }
    }
  }

  private void follow(Trace trace, Event.Step step) {
    switch (step) {
      case Event.VoterAsked(_, int round, NodeId voter, var question) -> {
        Span known = trace.questions.get(new Asked(round, voter));
        if (known == null) {
          trace.questions.put(new Asked(round, voter), ask(trace, round, voter, question));
        } else {
          known.addEvent("asked again");
        }
      }
      case Event.VoterAnswered(_, int round, NodeId voter, boolean granted) -> {
        Span span = trace.questions.get(new Asked(round, voter));
        if (span != null && span.isRecording()) {
          span.setAttribute(GRANTED, granted);
          span.end();
        }
      }
      case Event.OperationClosed(long number) -> {
        trace.questions.values().stream().filter(Span::isRecording).forEach(Tracing::giveUp);
        trace.questions.clear();
        if (trace.ended) {
          open.remove(number);
        }
      }
    }
  }

  private Span ask(Trace trace, int round, NodeId voter, Event.Question question) {
    return tracer
        .spanBuilder("voter " + question.name().toLowerCase(Locale.ROOT))
        .setParent(trace.context)
        .setSpanKind(SpanKind.CLIENT)
        .setAttribute(VOTER, names.apply(voter))
        .setAttribute(ROUND, (long) round)
        .startSpan();
  }

  private static void giveUp(Span span) {
    span.setStatus(StatusCode.ERROR, "no answer");
    span.end();
  }
}
