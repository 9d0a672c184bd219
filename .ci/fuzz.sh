#!/usr/bin/env bash
# Every fuzzer for so many seconds (30 where nobody says): `.ci/fuzz.sh 600` for the long run. What it finds lies in
# tests/fuzz/artifacts; what it learned goes into tests/fuzz/corpus where KEEP=1 is set, and nowhere otherwise.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-30}
export PATH=$PWD/target/ci/cargo/bin:$PATH
# The instrumentation is not a stable option; the compiler is the same one that builds the product.
export RUSTC_BOOTSTRAP=1
# The database's C code is linked as one archive, whose tables the sanitizer counts twice.
export ASAN_OPTIONS=detect_odr_violation=0
targets=$(cargo fuzz list --fuzz-dir tests/fuzz)
cargo fuzz build --fuzz-dir tests/fuzz --target-dir target/fuzz
for target in $targets; do
    learned=$(mktemp -d)
    printf '\n--- %s, %s s\n' "$target" "$seconds"
    mkdir -p "tests/fuzz/corpus/$target"
    status=0
    cargo fuzz run --fuzz-dir tests/fuzz --target-dir target/fuzz "$target" "$learned" "tests/fuzz/corpus/$target" -- \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=4096 -print_final_stats=1 \
        >"$learned.log" 2>&1 || status=$?
    grep -E 'stat::number_of_executed_units|stat::average_exec' "$learned.log" || true
    if [ "$status" -ne 0 ]; then
        tail -n 60 "$learned.log"
        printf '!!! %s found something (tests/fuzz/artifacts/%s)\n' "$target" "$target"
        exit 1
    fi
    if [ "${KEEP:-}" = 1 ]; then
        cargo fuzz run --fuzz-dir tests/fuzz --target-dir target/fuzz "$target" "tests/fuzz/corpus/$target" "$learned" -- \
            -merge=1 2>/dev/null
    fi
    rm -rf "$learned" "$learned.log"
done
