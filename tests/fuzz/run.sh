#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the fuzz target with clang and runs it. The corpus starts from tests/golden.
#   sh tests/fuzz/run.sh           a short run that is the same every time, for CI
#   sh tests/fuzz/run.sh SECONDS   a long one with a seed of its own; what it finds stays in
#                                  build/fuzz/corpus
set -eu
cd "$(dirname "$0")/../.."
sh resources/install_packages.sh
cmake --preset fuzz
cmake --build --preset fuzz
if [ $# -gt 0 ]; then
    corpus=build/fuzz/corpus
    extent="-max_total_time=$1"
else
    corpus=build/fuzz/corpus-short
    rm -rf "$corpus"
    extent="-runs=20000 -seed=1"
fi
mkdir -p "$corpus"
# Words of $extent are options: they must be split.
# shellcheck disable=SC2086
exec build/fuzz/bin/fuzz_model $extent -max_len=20000 -timeout=25 -rss_limit_mb=4096 \
    -print_final_stats=1 -verbosity=0 -artifact_prefix=build/fuzz/ "$corpus" tests/golden/models
