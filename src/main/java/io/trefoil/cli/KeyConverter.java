package io.trefoil.cli;

import io.trefoil.core.model.Key;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a key from the command line.
final class KeyConverter implements ITypeConverter<Key> {

  @Override
  public Key convert(String text) {
    try {
      return new Key(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
