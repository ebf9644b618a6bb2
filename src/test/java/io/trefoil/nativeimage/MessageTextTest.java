package io.trefoil.nativeimage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.AbstractMessageLite;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Protobuf writes a message as text by looking through it by reflection, which fails in an
/// executable: so no message is ever turned into text, neither by a call nor by `"" + message`.
class MessageTextTest {

  private static final Path CLASSES = Path.of("target/classes");
  private static final Path GENERATED = CLASSES.resolve("io/trefoil/wire/proto");
  private static final Set<String> TEXTS =
      Set.of("com/google/protobuf/TextFormat", "com/google/protobuf/util/JsonFormat");

  @Test
  void noMessageIsTurnedIntoText() throws IOException {
    List<Path> ours;
    try (Stream<Path> all = Files.walk(CLASSES.resolve("io/trefoil"))) {
      ours = all.filter(f -> f.toString().endsWith(".class") && !f.startsWith(GENERATED)).toList();
    }
    assertTrue(ours.stream().anyMatch(file -> file.endsWith("wire/PacketCodec.class")));
    Set<String> sins = new TreeSet<>();
    for (Path file : ours) {
      sins.addAll(sins(Files.readAllBytes(file)));
    }
    assertEquals(Set.of(), sins);
  }

  @Test
  void aMessageThatIsTurnedIntoTextIsFound() throws IOException {
    assertEquals(
        Set.of("called", "joined", "field", "returned"),
        sins(Metadata.resource(Sinner.class.getName().replace('.', '/') + ".class")));
  }

  private static Set<String> sins(byte[] file) {
    Set<String> sins = new TreeSet<>();
    for (MethodModel method : ClassFile.of().parse(file).methods()) {
      if (method.code().map(MessageTextTest::isSin).orElse(false)) {
        sins.add(method.methodName().stringValue());
      }
    }
    return sins;
  }

  /// `"" + message` is compiled to `String.valueOf(Object)`, so that what was pushed just before
  /// tells of what type it is.
  private static boolean isSin(CodeModel code) {
    Map<Integer, ClassDesc> variables = new HashMap<>();
    ClassDesc pushed = ConstantDescs.CD_Object;
    for (CodeElement element : code) {
      if (element instanceof InvokeInstruction call && isSin(call, pushed)) {
        return true;
      }
      if (element instanceof LocalVariable variable) {
        variables.put(variable.slot(), variable.typeSymbol());
      }
      if (element instanceof Instruction instruction) {
        pushed = pushedBy(instruction, variables);
      }
    }
    return false;
  }

  private static ClassDesc pushedBy(Instruction instruction, Map<Integer, ClassDesc> variables) {
    return switch (instruction) {
      case InvokeInstruction call -> call.typeSymbol().returnType();
      case FieldInstruction field -> field.typeSymbol();
      case LoadInstruction load -> variables.getOrDefault(load.slot(), ConstantDescs.CD_Object);
      case Instruction _ -> ConstantDescs.CD_Object;
    };
  }

  private static boolean isSin(InvokeInstruction call, ClassDesc pushed) {
    return switch (call.name().stringValue()) {
      case "toString" -> isMessage(call.owner().asSymbol());
      case "valueOf" ->
          call.owner().asSymbol().equals(ConstantDescs.CD_String) && isMessage(pushed);
      case String _ -> TEXTS.contains(call.owner().asInternalName());
    };
  }

  private static boolean isMessage(ClassDesc type) {
    if (!type.isClassOrInterface() || type.packageName().startsWith("java")) {
      return false;
    }
    String name = type.packageName() + "." + type.displayName();
    try {
      Class<?> loaded = Class.forName(name, false, MessageTextTest.class.getClassLoader());
      return AbstractMessageLite.class.isAssignableFrom(loaded);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("unused")
  private static final class Sinner {
    private Duration message;

    String called(Duration message) {
      return message.toString();
    }

    String joined(Duration message, int other) {
      return "a message: " + message + other;
    }

    String field() {
      return "a message: " + message;
    }

    String returned() {
      return Duration.getDefaultInstance() + " is a message";
    }

    String innocent(ByteString bytes, Duration message) {
      return "bytes: " + bytes.toString() + message.getNanos() + bytes;
    }
  }
}
