package io.trefoil.simulation.transcript;

import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Request;
import io.trefoil.core.register.Recollection;
import io.trefoil.core.register.RegisterMessage;
import io.trefoil.core.register.Subject;
import java.util.stream.Collectors;

/// The registers' messages in words.
record RegisterWords(Names names) {

  String of(RegisterMessage message) {
    return switch (message) {
      case RegisterMessage.Read m -> "Read " + subject(m.subject());
      case RegisterMessage.Prepare m ->
          "Prepare "
              + names.ballot(m.ballot())
              + " for "
              + subject(m.subject())
              + ", to "
              + m.intent().kind().label();
      case RegisterMessage.Accept m ->
          "Accept "
              + names.ballot(m.ballot())
              + " for "
              + subject(m.subject())
              + ", "
              + m.footing().name().toLowerCase()
              + ": "
              + names.record(m.record());
      case RegisterMessage.Delegate m ->
          "Delegate "
              + m.request().operation().kind().label()
              + " "
              + m.request().operation().key()
              + ", "
              + left(m.request());
      case RegisterMessage.Settle m ->
          m.settled().stream()
              .map(s -> s.key() + " at " + names.ballot(s.ballot()))
              .collect(Collectors.joining(", ", "Settle ", ""));
      case RegisterMessage.Reported m ->
          "Reported " + names.ballot(m.accepted()) + ", " + names.record(m.record());
      case RegisterMessage.Promised m ->
          "Promised; accepted "
              + names.ballot(m.accepted())
              + ", "
              + names.record(m.record())
              + recollection(m.recollection());
      case RegisterMessage.Accepted _ -> "Accepted";
      case RegisterMessage.Outbid m -> "Outbid by " + names.ballot(m.highest());
      case RegisterMessage.TooFarAhead _ -> "TooFarAhead";
      case RegisterMessage.WrongEpoch m -> "WrongEpoch, here it is " + m.epoch();
      case RegisterMessage.Delegated m -> "Delegated: " + outcome(m.outcome());
    };
  }

  String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Found(var record) -> "found " + names.record(record);
      case Outcome.Inspected(var holdings) -> "inspected " + holdings.size() + " replicas";
      case Outcome.Done(var version, int acknowledgements) ->
          "done, version " + names.version(version) + ", " + acknowledgements + " acknowledged";
      case Outcome.Refused(var current) -> "refused, there is " + names.record(current);
      case Outcome.NotDone(var reason) -> "not done, " + reason(reason);
      case Outcome.Unknown(var reason) -> "unknown, " + reason(reason);
    };
  }

  private String reason(Outcome.Reason reason) {
    return switch (reason) {
      case Outcome.Reason.NoQuorum(var missing) -> "no quorum without " + names.nodes(missing);
      case Outcome.Reason.Contended() -> "contended";
      case Outcome.Reason.NotReady() -> "not ready";
      case Outcome.Reason.Overloaded() -> "overloaded";
      case Outcome.Reason.Forgotten() -> "forgotten";
    };
  }

  private static String subject(Subject subject) {
    return subject.key().text() + " in epoch " + subject.epoch();
  }

  private static String left(Request request) {
    return request.timeoutMillis() + " ms left";
  }

  private String recollection(Recollection memory) {
    String span =
        memory.spanMillis() == Long.MAX_VALUE
            ? "forgot nothing"
            : "remembers " + memory.spanMillis() + " ms";
    return "; "
        + span
        + memory.accepted().map(at -> ", accepted this version at " + names.ballot(at)).orElse("");
  }
}
