package io.trefoil.core.model;

import java.util.Optional;

/// What one voter says it holds of a key.
///
/// @param node the voter
/// @param accepted the ballot it accepted last; [Ballot#ZERO] if none
/// @param record what it accepted then
public record Holding(NodeId node, Ballot accepted, Optional<Record> record) {}
