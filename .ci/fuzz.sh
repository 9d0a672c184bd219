#!/usr/bin/env bash
# Every fuzzer for so many seconds (30 where nobody says): `.ci/fuzz.sh 600` for the long run. What it finds lies in
# tests/fuzz/artifacts; what it learned goes into tests/fuzz/corpus where KEEP=1 is set, and nowhere otherwise.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-30}
export PATH=$PWD/target/ci/cargo/bin:$PATH
# The instrumentation is not a stable option; the compiler is the same one that builds the product.
export RUSTC_BOOTSTRAP=1
targets=$(cargo fuzz list --fuzz-dir tests/fuzz)
cargo fuzz build --fuzz-dir tests/fuzz --target-dir target/fuzz
for target in $targets; do
    learned=$(mktemp -d)
    printf '\n--- %s, %s s\n' "$target" "$seconds"
    mkdir -p "tests/fuzz/corpus/$target"
    cargo fuzz run --fuzz-dir tests/fuzz --target-dir target/fuzz "$target" "$learned" "tests/fuzz/corpus/$target" -- \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=4096 -print_final_stats=1 2>&1 |
        grep -E 'stat::number_of_executed_units|stat::average_exec|ERROR|panicked|SUMMARY' || true
    if compgen -G "tests/fuzz/artifacts/$target/*" >/dev/null; then
        printf '!!! %s found something: tests/fuzz/artifacts/%s\n' "$target" "$target"
        exit 1
    fi
    if [ "${KEEP:-}" = 1 ]; then
        cargo fuzz run --fuzz-dir tests/fuzz --target-dir target/fuzz "$target" "tests/fuzz/corpus/$target" "$learned" -- \
            -merge=1 2>/dev/null
    fi
    rm -rf "$learned"
done
