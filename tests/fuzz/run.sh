#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the fuzz target with clang and runs it: sh tests/fuzz/run.sh [SECONDS], 30 by default.
# The corpus starts from our own conformance models; what it finds stays in build/fuzz/corpus.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-30}
cmake --preset fuzz
cmake --build --preset fuzz
corpus=build/fuzz/corpus
mkdir -p "$corpus"
if [ -d ../shared/conformance/models ]; then seeds=../shared/conformance/models; else seeds=; fi
exec build/fuzz/bin/fuzz_model -max_total_time="$seconds" -max_len=20000 -timeout=10 \
    -rss_limit_mb=4096 -print_final_stats=1 -artifact_prefix=build/fuzz/ "$corpus" $seeds
