#!/bin/sh
# Runs the micro-benchmarks and writes jmh.json and jmh.md (a table, bytes beside times, ratios to the yardsticks).
#   bench/jmh/run.sh short [PATTERN...]   a hint, in minutes; results in bench/jmh/target/results
#   bench/jmh/run.sh full [PATTERN...]    results of record, in the best part of an hour; bench/results/jmh-<date>-<commit>
#   bench/jmh/run.sh verify               every benchmark once, no figures
# Anything else goes to JMH's own command line. Nothing else should run on the machine, for short and full.
set -eu

home=$(CDPATH='' cd -- "$(dirname "$0")/../.." && pwd -P)
jar=$home/bench/jmh/target/benchmarks.jar
mode=${1:-short}

newer() {
  [ -n "$(cd "$home" && find pom.xml engine bench/jmh -name target -prune -o -type f \( -name '*.java' -o -name pom.xml \) -newer "$jar" -print 2>/dev/null | head -n 1)" ]
}

if [ ! -f "$jar" ] || newer; then
  echo 'building the benchmarks' >&2
  (cd "$home" && mvn -B -q -DskipTests package -pl bench/jmh -am)
fi

case $mode in
  full)
    commit=$(git -C "$home" rev-parse --short HEAD 2>/dev/null || echo unknown)
    out=$home/bench/results/jmh-$(date -u +%Y%m%d)-$commit
    ;;
  *) out=$home/bench/jmh/target/results ;;
esac
[ $# -gt 0 ] || set -- short
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
exec "$java" -Dout="$out" -jar "$jar" "$@"
