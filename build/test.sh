#!/usr/bin/env bash
# Sets up, builds everything and runs all tests. The last line says how many passed and failed.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
solution="$root/Microsoft.ML.DeepClustering.sln"
results="$root/artifacts/test-results"

# The number of threads and the memory are a whole process's, so in a process the tests run one after the other. These namespaces
# have processes of their own, and all other tests one more: as many at a time as there are cores, with a thread each.
cores="$(nproc)"
namespaces=(Estimators Checkpoints Lifetime)
fast=""

usage() {
    cat << 'HELP'
Usage: build/test.sh [--fast]

Runs build/setup.sh, builds the solution and runs all tests.

  --fast      leave out the tests of the category Slow
  -h, --help  show this text

Results are written to artifacts/test-results.
HELP
}

for argument in "$@"; do
    case "$argument" in
        --fast) fast="&TestCategory!=Slow" ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; echo "test: unknown option '$argument'" >&2; exit 2 ;;
    esac
done

# The sum of one counter over all result files.
count() {
    { cat "$results"/*.trx 2> /dev/null || true; } | sed -n "s/.*<Counters [^>]* $1=\"\([0-9]*\)\".*/\1/p; s/.*<Counters $1=\"\([0-9]*\)\".*/\1/p" \
        | awk '{ sum += $1 } END { print sum + 0 }'
}

# "  name: reason" for each skipped test.
skipped() {
    cat "$results"/*.trx | tr -d '\r' | awk '
        /<UnitTestResult / { name = ""; if (/outcome="NotExecuted"/ && match($0, /testName="[^"]*"/)) name = substr($0, RSTART + 10, RLENGTH - 11); reason = "" }
        name != "" && /<Message>/ { reason = $0; sub(/.*<Message>/, "", reason); sub(/<\/Message>.*/, "", reason) }
        name != "" && (/<\/UnitTestResult>/ || /\/>[ \t]*$/ && /<UnitTestResult /) { print "  " name ": " (reason == "" ? "no reason given" : reason); name = "" }' \
        | sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g'
}

# "name filter" for each process, the longest first.
parts() {
    local others=""
    for namespace in "${namespaces[@]}"; do
        others+="&FullyQualifiedName!~.Tests.$namespace."
    done
    echo "Others ${others#&}$fast"
    for namespace in "${namespaces[@]}"; do
        echo "$namespace FullyQualifiedName~.Tests.$namespace.$fast"
    done
}

run_part() {
    dotnet test "$solution" -c Release --no-build --nologo -tl:off --logger "trx;LogFilePrefix=$1" --results-directory "$results" --filter "$2"
}

"$root/build/setup.sh" < /dev/null

echo "test: building"
dotnet build "$solution" -c Release -v quiet -nologo -tl:off < /dev/null

rm -rf "$results"
echo "test: running"
export -f run_part
export solution results OMP_NUM_THREADS=1
status=0
parts | xargs -L 1 -P "$cores" bash -c 'run_part "$@"' run_part || status=$?

passed="$(count passed)"
failed="$(($(count executed) - passed))"
left_out="$(($(count total) - $(count executed)))"
if [ "$((passed + failed))" -eq 0 ]; then
    echo "test: no test was run" >&2
    exit 1
fi
if [ "$left_out" -gt 0 ]; then
    echo "test: $left_out skipped"
    skipped
fi
if [ "$failed" -eq 0 ] && [ "$status" -ne 0 ]; then
    echo "test: the test run itself failed (exit code $status); its output is above" >&2
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$status" -eq 0 ]
