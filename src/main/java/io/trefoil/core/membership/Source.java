package io.trefoil.core.membership;

/// How a claim came here: what it is worth depends on that.
enum Source {
  /// The subject said it, and was reached both ways.
  SUBJECT,
  /// It spread as news.
  RUMOUR,
  /// It stood in another member's table: true once, perhaps long ago.
  TABLE,
  /// It stood in the first table that this node was given: nothing that others do not know.
  WELCOME
}
