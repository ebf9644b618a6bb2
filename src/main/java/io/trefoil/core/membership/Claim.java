package io.trefoil.core.membership;

import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;

/// One statement about one member: the unit of gossip. Of two claims about a subject the one with
/// the higher (run, incarnation) wins, then the later [MemberState].
///
/// @param subject whom it is about
/// @param run the subject's boot counter
/// @param incarnation how often the subject refuted in that run; only the subject raises it
/// @param state what it is held to be
/// @param accuser who says so: the subject itself, or whoever suspects it
/// @param profile what the subject said of itself last
public record Claim(
    NodeId subject,
    long run,
    long incarnation,
    MemberState state,
    NodeId accuser,
    Profile profile) {}
