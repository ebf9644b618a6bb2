package io.trefoil.api;

import io.trefoil.runtime.PreviewView;
import java.util.List;

/// What a change of members would move, as JSON.
///
/// @param epoch of the map that it was made out from
/// @param partitions how many partitions would get another voter
/// @param copies how many copies would be made
/// @param total how many copies there would be
/// @param bytes how many bytes the copies to be made have, about; null while nobody tells how much
///   the nodes keep
/// @param peakToMean the most that a member keeps, against the mean, in partitions
/// @param members how many partitions each would keep, in order of name
public record PreviewAnswer(
    long epoch,
    int partitions,
    int copies,
    int total,
    Long bytes,
    PeakToMean peakToMean,
    List<PreviewView.Share> members) {

  /// How even it is; 1 is perfect.
  ///
  /// @param before as it is now
  /// @param after as it would be
  public record PeakToMean(double before, double after) {}

  /// Writes a view.
  static PreviewAnswer of(PreviewView view) {
    return new PreviewAnswer(
        view.epoch(),
        view.partitions(),
        view.copies(),
        view.total(),
        view.bytes().orElse(null),
        new PeakToMean(
            Label.rounded(view.peakToMeanBefore()), Label.rounded(view.peakToMeanAfter())),
        view.shares());
  }
}
