package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void wordsStandLeftNumbersRightAndNoLineEndsInSpace() {
    Table table = new Table(List.of("NAME", "COUNT", "NOTE"));
    table.row(List.of("a", "7", ""));
    table.row(List.of("größer", "1,200", "x"));
    assertEquals(
        List.of("NAME    COUNT  NOTE", "a           7", "größer  1,200  x"), table.lines());
  }

  @Test
  void aColumnWithoutAnyNumberIsNoColumnOfNumbers() {
    Table table = new Table(List.of("A", "LONG"));
    table.row(List.of("", "x"));
    assertEquals(List.of("A  LONG", "   x"), table.lines());
  }

  @Test
  void aRowOfAnotherWidthIsRefused() {
    Table table = new Table(List.of("A", "B"));
    assertThrows(IllegalArgumentException.class, () -> table.row(List.of("1")));
  }
}
