package io.trefoil.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.trefoil.core.machine.Event;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Value;
import io.trefoil.runtime.TrefoilSettings.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracingTest {

  private static final Key APPLE = new Key("apple");
  private static final Request READ =
      Request.of(new Operation.Get(APPLE, Consistency.LINEARIZABLE));
  private static final NodeId ALDER = new NodeId(1);
  private static final NodeId BIRCH = new NodeId(2);

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final Tracer tracer =
      SdkTracerProvider.builder()
          .addSpanProcessor(SimpleSpanProcessor.create(spans))
          .build()
          .get("test");
  private final Tracing tracing = new Tracing(tracer, "cedar", id -> id.equals(ALDER) ? "a" : "b");

  @TempDir Path folder;

  @Test
  void aWriteHasOneSpanForEachOfItsVoters() throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.MEMORY, folder, "a", "b", "c")) {
      cluster.traceWith(tracer);
      cluster.startAll();
      cluster.ask("b", new Operation.Put(APPLE, Value.of(new byte[] {1}), new Condition.Always()));
      await().until(() -> named("voter accept").size() == 3);

      SpanData whole = only("trefoil write");
      assertEquals("success", text(whole, "trefoil.outcome"));
      assertEquals("b", text(whole, "trefoil.node"));
      assertEquals("apple", text(whole, "trefoil.key"));
      assertEquals(Set.of("a", "b", "c"), voters("voter accept"));
      for (SpanData question : named("voter accept")) {
        assertEquals(whole.getSpanId(), question.getParentSpanId());
        assertEquals(whole.getTraceId(), question.getTraceId());
        assertEquals(SpanKind.CLIENT, question.getKind());
        assertEquals(
            true, question.getAttributes().get(AttributeKey.booleanKey("trefoil.granted")));
        assertTrue(question.getStartEpochNanos() >= whole.getStartEpochNanos());
      }
    }
  }

  @Test
  void aConditionalWriteAsksForPromisesFirst() throws Exception {
    try (TestCluster cluster = new TestCluster(Engine.MEMORY, folder, "a", "b", "c")) {
      cluster.traceWith(tracer);
      cluster.startAll();
      cluster.ask("a", new Operation.Put(APPLE, Value.of(new byte[] {1}), new Condition.Absent()));
      await().until(() -> named("voter accept").size() == 3);
      assertEquals(Set.of("a", "b", "c"), voters("voter prepare"));
      assertEquals("success", text(only("trefoil create"), "trefoil.outcome"));
    }
  }

  @Test
  void anOperationIsPartOfWhatItWasAskedWithin() {
    Span outer = tracer.spanBuilder("outer").startSpan();
    tracing.began(1, READ, Context.root().with(outer));
    tracing.ended(1, READ, new Outcome.Found(Optional.empty()), 1);
    assertEquals(outer.getSpanContext().getSpanId(), only("trefoil read").getParentSpanId());
    assertEquals("fail", text(only("trefoil read"), "trefoil.outcome"));
  }

  @Test
  void whoAnswersLateEndsItsSpanLateAndWhoNeverDoesLeavesAnError() {
    tracing.began(1, READ, Context.root());
    ask(1, ALDER);
    ask(1, BIRCH);
    ask(1, BIRCH);
    tracing.ended(1, READ, new Outcome.Found(Optional.empty()), 1);
    assertEquals(List.of(), named("voter read"));
    tracing.happened(new Event.VoterAnswered(1, 1, ALDER, false));
    assertEquals(Set.of("a"), voters("voter read"));
    tracing.happened(new Event.OperationClosed(1));

    SpanData lost =
        named("voter read").stream()
            .filter(s -> text(s, "trefoil.voter").equals("b"))
            .findAny()
            .get();
    assertEquals(StatusCode.ERROR, lost.getStatus().getStatusCode());
    assertEquals("asked again", lost.getEvents().getFirst().getName());
    assertEquals(2, named("voter read").size());
  }

  @Test
  void whatWasNotDoneIsAnErrorAndWhatComesLaterIsLeftAlone() {
    tracing.began(7, READ, Context.root());
    tracing.ended(7, READ, new Outcome.NotDone(new Outcome.Reason.Overloaded()), 1);
    assertEquals(StatusCode.ERROR, only("trefoil read").getStatus().getStatusCode());
    ask(7, ALDER);
    tracing.happened(new Event.VoterAnswered(7, 1, ALDER, true));
    tracing.happened(new Event.OperationClosed(7));
    assertEquals(1, spans.getFinishedSpanItems().size());
  }

  private void ask(long number, NodeId voter) {
    tracing.happened(new Event.VoterAsked(number, 1, voter, Event.Question.READ));
  }

  private SpanData only(String name) {
    assertEquals(1, named(name).size(), () -> name + " in " + spans.getFinishedSpanItems());
    return named(name).getFirst();
  }

  private List<SpanData> named(String name) {
    return spans.getFinishedSpanItems().stream().filter(s -> s.getName().equals(name)).toList();
  }

  private Set<String> voters(String name) {
    return named(name).stream().map(s -> text(s, "trefoil.voter")).collect(Collectors.toSet());
  }

  private static String text(SpanData span, String attribute) {
    return span.getAttributes().get(AttributeKey.stringKey(attribute));
  }
}
