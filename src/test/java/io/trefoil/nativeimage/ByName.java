package io.trefoil.nativeimage;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Where code asks for a class, a member, a resource or a charset by its name, or hands an object
/// to what will look at it by reflection. An executable holds only what its builder was told of.
final class ByName {

  /// Calls by the full name of their target.
  private static final List<Pattern> CALLS =
      List.of(
          pattern("java\\.lang\\.Class\\.(forName|get(Declared|Record|Enclosing|Permitted)\\w*)"),
          pattern("java\\.lang\\.Class\\.get(Constructor|Field|Method)s?"),
          pattern("java\\.lang\\.Class(Loader)?\\.(getResource\\w*|resources|loadClass)"),
          pattern("java\\.lang\\.ClassLoader\\.getSystemResource\\w*"),
          pattern("java\\.lang\\.Module\\.getResource\\w*"),
          pattern("java\\.lang\\.invoke\\.MethodHandles.*"),
          pattern("java\\.lang\\.reflect\\..*"),
          pattern("java\\.io\\.Object(In|Out)putStream\\..*"),
          pattern("java\\.nio\\.charset\\.Charset\\.forName"),
          pattern("java\\.util\\.ResourceBundle\\..*"),
          pattern("java\\.util\\.ServiceLoader\\..*"),
          pattern("com\\.fasterxml\\.jackson\\.databind\\.\\w+\\.(read|write|update)Values?\\w*"),
          pattern("com\\.fasterxml\\.jackson\\.databind\\.\\w+\\.(convertValue|valueToTree)"),
          pattern("com\\.fasterxml\\.jackson\\.databind\\.\\w+\\.treeToValue"),
          pattern("com\\.fasterxml\\.jackson\\.databind\\.node\\.\\w+\\.(add|put|pojo)(POJO|Node)"),
          pattern("io\\.vertx\\.core\\.json\\.Json(Object)?\\.(map|decode)\\w+"),
          pattern("jakarta\\.ws\\.rs\\.core\\.Response\\.(accepted|ok)"),
          pattern("jakarta\\.ws\\.rs\\.core\\.Response\\$ResponseBuilder\\.entity"),
          pattern("org\\.rocksdb\\..*EventListener\\..*"));

  /// Such text as `java.lang.String.getBytes(java.lang.String)`.
  private static final List<String> CHARSETS_BY_NAME =
      List.of(
          "java.lang.String.getBytes(java.lang.String)",
          "java.lang.String.<init>([B, java.lang.String)",
          "java.io.InputStreamReader.<init>(java.io.InputStream, java.lang.String)",
          "java.io.PrintStream.<init>(java.io.OutputStream, boolean, java.lang.String)");

  private ByName() {}

  private static Pattern pattern(String name) {
    return Pattern.compile("(?:" + name + ")(?:\\(.*)?");
  }

  /// One line for each place and target: `Class.method -> Owner.method`.
  static Set<String> places(Iterable<JavaClass> classes) {
    Set<String> places = new TreeSet<>();
    for (JavaClass type : classes) {
      for (JavaAccess<?> access : type.getAccessesFromSelf()) {
        String target = access.getTarget().getFullName();
        if (isByName(target)) {
          String owner = access.getTargetOwner().getSimpleName();
          places.add(
              type.getName().replace("io.trefoil.", "")
                  + "."
                  + access.getOrigin().getName()
                  + " -> "
                  + owner
                  + "."
                  + access.getTarget().getName());
        }
      }
    }
    return places;
  }

  private static boolean isByName(String target) {
    return CHARSETS_BY_NAME.contains(target)
        || CALLS.stream().anyMatch(call -> call.matcher(target).matches());
  }
}
