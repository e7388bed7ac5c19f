#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the fuzz targets with clang and runs one after the other. Their corpora start from models
# in tests/golden, logs in tests/importers/samples and datasets in tests/data/samples.
#   sh tests/fuzz/run.sh           a short run that is the same every time, for CI
#   sh tests/fuzz/run.sh SECONDS   a long one of each with a seed of its own; what it finds stays
#                                  in build/fuzz/corpus
set -eu
cd "$(dirname "$0")/../.."
sh resources/install_packages.sh
cmake --preset fuzz
cmake --build --preset fuzz
seconds=${1:-}

# fuzz NAME RUNS SEEDS...
fuzz() {
    name=$1
    runs=$2
    shift 2
    if [ -n "$seconds" ]; then
        corpus=build/fuzz/corpus/$name
        extent="-max_total_time=$seconds"
    else
        corpus=build/fuzz/corpus-short/$name
        rm -rf "$corpus"
        extent="-runs=$runs -seed=1"
    fi
    mkdir -p "$corpus"
    # Words of $extent are options: they must be split.
    # shellcheck disable=SC2086
    "build/fuzz/bin/$name" $extent -max_len=20000 -timeout=25 -rss_limit_mb=4096 \
        -print_final_stats=1 -verbosity=0 -artifact_prefix=build/fuzz/ "$corpus" "$@"
}

fuzz fuzz_model 20000 tests/golden/models
fuzz fuzz_importers 20000 tests/importers/samples
fuzz fuzz_datasets 20000 tests/data/samples
