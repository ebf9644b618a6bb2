# Sourced by mvnw, trefoil and .ci/run (POSIX sh): exports JAVA_HOME, a JDK of version 25 or newer.
# Keeps JAVA_HOME if it is one; else takes the lowest such version in the usual places; else says
# what to install and exits 1. TREFOIL_JDK_PLACES, folders separated by colons, replaces the places.
# An empty HOME, which the wrapper cannot do with, becomes the user's own.

# Prints the major version of the JDK in folder $1; 0 if it is none.
trefoil_jdk_version() {
  if [ -x "$1/bin/javac" ] && [ -r "$1/release" ]; then
    trefoil_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  else
    trefoil_version=0
  fi
  echo "${trefoil_version:-0}"
}

# Prints every folder that may be a JDK, one a line.
trefoil_jdk_candidates() {
  trefoil_javac=$(command -v javac || true)
  if [ -z "${TREFOIL_JDK_PLACES-}" ] && [ -n "$trefoil_javac" ]; then
    trefoil_javac=$(readlink -f "$trefoil_javac" 2>/dev/null || echo "$trefoil_javac")
    echo "${trefoil_javac%/bin/javac}"
  fi
  trefoil_places=${TREFOIL_JDK_PLACES:-/usr/lib/jvm:/usr/java:/opt:/opt/java:/usr/local:\
${SDKMAN_DIR:-$HOME/.sdkman}/candidates/java:$HOME/.jdks:\
/Library/Java/JavaVirtualMachines:$HOME/Library/Java/JavaVirtualMachines}
  echo "$trefoil_places" | tr ':' '\n' | while IFS= read -r trefoil_place; do
    for trefoil_home in "$trefoil_place"/*/ "$trefoil_place"/*/Contents/Home/; do
      echo "${trefoil_home%/}"
    done
  done
}

# Prints the JDK of the lowest version that is 25 or newer; nothing if there is none.
trefoil_find_jdk() {
  trefoil_jdk_candidates | while IFS= read -r trefoil_home; do
    trefoil_found=$(trefoil_jdk_version "$trefoil_home")
    [ "$trefoil_found" -lt 25 ] || printf '%s\t%s\n' "$trefoil_found" "$trefoil_home"
  done | sort -s -n -k 1,1 | head -n 1 | cut -f 2-
}

if [ -z "${HOME-}" ]; then
  HOME=$(getent passwd "$(id -u)" 2>/dev/null | cut -d : -f 6)
  export HOME="${HOME:-${TMPDIR:-/tmp}}"
fi
if [ -z "${JAVA_HOME-}" ] || [ "$(trefoil_jdk_version "$JAVA_HOME")" -lt 25 ]; then
  JAVA_HOME=$(trefoil_find_jdk)
fi
if [ -z "$JAVA_HOME" ]; then
  echo "Trefoil needs a JDK 25 or newer and found none: install one (for example Temurin 25," \
    "package temurin-25-jdk or openjdk-25-jdk) or set JAVA_HOME to it." >&2
  exit 1
fi
export JAVA_HOME
