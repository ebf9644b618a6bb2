# Sourced by mvnw after jdk.sh (POSIX sh), with Maven's arguments: if they ask for a native executable
# and nothing here can build one, says so and exits 1, before a long build finds out at its end.

# Whether an argument asks for it and none of them brings a builder of its own.
trefoil_wants_builder() {
  trefoil_wanted=1
  for trefoil_argument; do
    case $trefoil_argument in
      -Dnative | -Dnative=* | -Pnative) trefoil_wanted=0 ;;
      -Dquarkus.native.graalvm-home=* | -Dquarkus.native.sources-only=true) return 1 ;;
    esac
  done
  return "$trefoil_wanted"
}

# Whether folder $1 is a GraalVM or Mandrel for JDK 25 or newer.
trefoil_is_graalvm() {
  [ -x "$1/bin/native-image" ] && [ "$(trefoil_jdk_version "$1")" -ge 25 ]
}

# Whether Quarkus will find one, or a container runtime that answers, in which it brings its own.
trefoil_has_builder() {
  trefoil_is_graalvm "${GRAALVM_HOME-}" && return
  trefoil_is_graalvm "$JAVA_HOME" && return
  docker info >/dev/null 2>&1 && return
  podman info >/dev/null 2>&1 && return
  trefoil_program=$(command -v native-image) || return
  trefoil_program=$(readlink -f "$trefoil_program" 2>/dev/null || echo "$trefoil_program")
  trefoil_is_graalvm "${trefoil_program%/bin/native-image}"
}

if trefoil_wants_builder "$@" && ! trefoil_has_builder; then
  echo "Nothing here can build a native executable: set GRAALVM_HOME to a GraalVM or Mandrel for" \
    "JDK 25 or newer, or have docker or podman run, in which Quarkus brings its own." >&2
  exit 1
fi
