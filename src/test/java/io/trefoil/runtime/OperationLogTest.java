package io.trefoil.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trefoil.core.machine.Event;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.OperationKind;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Outcome.Reason;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Value;
import io.trefoil.core.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperationLogTest {

  private static final Version VERSION =
      new Version(new Ballot(1, new HybridTimestamp(2), new NodeId(3), 4));
  private static final Record RECORD = Record.of(VERSION, Value.of(new byte[] {9}));
  private static final Key APPLE = new Key("apple");

  private final List<String> lines = new ArrayList<>();
  private final OperationLog log = new OperationLog("n1", _ -> 17, lines::add);

  @Test
  void coordinatorsLineTellsTheWholeOperation() {
    Operation create = new Operation.Put(APPLE, Value.of(new byte[0]), new Condition.Absent());
    log.ended(1, Request.of(create), new Outcome.Done(VERSION, 2), 812_999);

    assertEquals(
        List.of(
            "role=coordinator op=create outcome=success key=apple partition=17 version=1.2.3.4"
                + " node=n1 micros=812"),
        lines);
  }

  @Test
  void replicasLineTellsItsPart() {
    log.happened(
        new Event.ReplicaServed(
            OperationKind.UPDATE, APPLE, 5, true, Optional.of(RECORD), 341_900));
    log.happened(
        new Event.ReplicaServed(OperationKind.UPDATE, APPLE, 5, false, Optional.empty(), 0));

    assertEquals(
        List.of(
            "role=replica op=update outcome=success key=apple partition=5 version=1.2.3.4 node=n1"
                + " micros=341",
            "role=replica op=update outcome=fail key=apple partition=5 version=- node=n1 micros=0"),
        lines);
  }

  @Test
  void keysAreEscapedSoThatALineHasNoSpacesOrEndsButItsOwn() {
    Key hostile = new Key("a/b c\n%\"=é\u007f");
    Operation read = new Operation.Get(hostile, Consistency.LINEARIZABLE);
    log.ended(1, Request.of(read), new Outcome.Found(Optional.empty()), 0);

    assertEquals(
        List.of(
            "role=coordinator op=read outcome=fail key=a/b%20c%0A%25%22=%C3%A9%7F partition=17"
                + " version=- node=n1 micros=0"),
        lines);
  }

  @Test
  void everyOutcomeIsSuccessFailOrUnknown() {
    Reason overloaded = new Reason.Overloaded();
    assertEquals("success", OperationLog.label(new Outcome.Found(Optional.of(RECORD))));
    assertEquals("fail", OperationLog.label(new Outcome.Found(Optional.empty())));
    assertEquals("success", OperationLog.label(new Outcome.Done(VERSION, 2)));
    assertEquals("fail", OperationLog.label(new Outcome.Refused(Optional.of(RECORD))));
    assertEquals("fail", OperationLog.label(new Outcome.NotDone(overloaded)));
    assertEquals("unknown", OperationLog.label(new Outcome.Unknown(overloaded)));
    assertEquals("success", OperationLog.label(new Outcome.Inspected(List.of())));
  }
}
