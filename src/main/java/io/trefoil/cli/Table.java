package io.trefoil.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Rows of text under headings, as a terminal shows them: columns two spaces apart, numbers to the
/// right, no space at a line's end.
public final class Table {

  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  /// A table without rows.
  ///
  /// @param headings one for each column
  public Table(List<String> headings) {
    this.headings = List.copyOf(headings);
  }

  /// Adds a row.
  ///
  /// @param cells as many as there are headings; empty text where there is nothing to tell
  /// @throws IllegalArgumentException if their number is another
  public void row(List<String> cells) {
    if (cells.size() != headings.size()) {
      throw new IllegalArgumentException(
          "a row of " + cells.size() + " cells in a table of " + headings.size() + " columns");
    }
    rows.add(List.copyOf(cells));
  }

  /// The lines to print, headings first, without line ends.
  public List<String> lines() {
    List<List<String>> all = new ArrayList<>();
    all.add(headings);
    all.addAll(rows);
    return all.stream().map(this::line).toList();
  }

  @Override
  public String toString() {
    return lines().stream().collect(Collectors.joining(System.lineSeparator()));
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      line.append(column == 0 ? "" : GAP).append(padded(column, cells.get(column)));
    }
    return line.toString().stripTrailing();
  }

  private String padded(int column, String cell) {
    String space = " ".repeat(width(column) - length(cell));
    return isNumeric(column) ? space + cell : cell + space;
  }

  private int width(int column) {
    int widest = length(headings.get(column));
    for (List<String> row : rows) {
      widest = Math.max(widest, length(row.get(column)));
    }
    return widest;
  }

  /// A column of numbers is one whose cells all are numbers, or empty.
  private boolean isNumeric(int column) {
    return !rows.isEmpty()
        && rows.stream().map(row -> row.get(column)).allMatch(c -> c.matches("-?[0-9.,]*"))
        && rows.stream().map(row -> row.get(column)).anyMatch(c -> !c.isEmpty());
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
