#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the fuzz target with clang and runs it: sh tests/fuzz/run.sh [SECONDS], 30 by default.
# The corpus starts from tests/golden; what it finds stays in build/fuzz/corpus.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-30}
sh resources/install_packages.sh
cmake --preset fuzz
cmake --build --preset fuzz
corpus=build/fuzz/corpus
mkdir -p "$corpus"
exec build/fuzz/bin/fuzz_model -max_total_time="$seconds" -max_len=20000 -timeout=25 \
    -rss_limit_mb=4096 -print_final_stats=1 -verbosity=0 -artifact_prefix=build/fuzz/ \
    "$corpus" tests/golden/models
