# Finds a Java that is new enough; sourced by the programs in bin.
# Sets: java (program), java_major (number), java_flags (what that version needs), agent_flags (what an agent needs),
# class_path.

fail() {
  echo "${0##*/}: $*" >&2
  exit 2
}

find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || fail "JAVA_HOME is $JAVA_HOME, which has no bin/java; let it name a Java 17 or newer, or unset it"
  else
    java=$(command -v java) || fail "no Java was found; install a Java 17 or newer, or let JAVA_HOME name one"
  fi
  java_major=$(java_version)
  case $java_major in
    '' | *[!0-9]*) fail "the version of $java cannot be told; let JAVA_HOME name a Java 17 or newer" ;;
  esac
  [ "$java_major" -ge 17 ] || fail "$java is Java $java_major; Java 17 or newer is needed (JAVA_HOME names another one)"
  java_flags="-XX:-UsePerfData -XX:+ExitOnOutOfMemoryError -Djava.awt.headless=true -Dfile.encoding=UTF-8"
  # Netty and SQLite load native libraries, which Java 22 and later announce at length unless told so.
  [ "$java_major" -lt 22 ] || java_flags="$java_flags --enable-native-access=ALL-UNNAMED"
  # Java 24 and later warn of what Netty and protobuf do with memory unless told so.
  [ "$java_major" -lt 24 ] || java_flags="$java_flags --sun-misc-unsafe-memory-access=allow"
  # One spelling of the folder, whoever calls: an archive of classes is good only for the class path it was made with.
  class_path=$(class_path "$(cd "$1" && pwd -P)")
}

# The file "release" of an installation answers at once; starting Java only to ask takes much longer.
java_version() {
  real=$(readlink -f "$java" 2>/dev/null || echo "$java")
  release=${real%/bin/java}/release
  if [ -r "$release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$release")
  else
    version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)
  fi
  version=${version#1.} # 1.8.0_292 is Java 8
  echo "${version%%[!0-9]*}"
}

# An agent shall rest in less than 110 MB: a small heap whose garbage is soon seen, one compiler that takes only what
# runs often, few arenas of the C library, which gives back what is free (Java 17.0.9 and later; older ones pass it over).
agent_flags="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=3 \
-Xms8m -Xmx48m -Xmn3m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=30 -Xss512k \
-XX:ReservedCodeCacheSize=32m -XX:MaxDirectMemorySize=32m -Xshare:auto \
-XX:+IgnoreUnrecognizedVMOptions -XX:TrimNativeHeapInterval=10000 -Dio.netty.allocator.type=unpooled"

# Every jar by name, in order: a wildcard would leave the order to the file system.
class_path() {
  path=
  for jar in "$1"/*.jar; do path=${path:+$path:}$jar; done
  echo "$path"
}

# Takes the jars whose names begin so from class_path: Java keeps the table of contents of each jar in its heap.
spare_jars() {
  spared=$class_path:
  for name in "$@"; do
    spared=$(echo "$spared" | sed "s,[^:]*/$name[^:/]*\\.jar:,,g")
  done
  class_path=${spared%:}
}
