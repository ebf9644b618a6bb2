package io.trefoil.core.register;

import io.trefoil.core.model.Condition;
import io.trefoil.core.model.OperationKind;
import io.trefoil.core.model.Version;

/// Which operation a prepare serves, so that a replica can say what it remembers of it and can log
/// its part.
///
/// @param kind what the client asked for
/// @param condition what it made that depend on
/// @param version the operation's version, which its record carries if it was ever accepted
/// @param idempotency hash of its Idempotency-Key; 0 without one
public record Intent(OperationKind kind, Condition condition, Version version, long idempotency) {}
