package io.trefoil.core.model;

/// A register with its key, as a copy of a partition hands it on.
public record Stored(Key key, Register register) {}
