#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs one fuzz target.  one_target.sh PROGRAM BUILD SEEDS [SECONDS]
#   without SECONDS: 20,000 runs that are the same every time, for CI
#   with SECONDS: as long as that with a seed of its own; what it finds stays in BUILD/corpus
set -eu
program=$1
build=$2
seeds=$3
name=$(basename "$program")
if [ $# -gt 3 ]; then
    corpus=$build/corpus/$name
    extent="-max_total_time=$4"
else
    corpus=$build/corpus-short/$name
    extent="-runs=20000 -seed=1"
    rm -rf "$corpus"
fi
mkdir -p "$corpus"
# Words of $extent are options: they must be split.
# shellcheck disable=SC2086
"$program" $extent -max_len=20000 -timeout=25 -rss_limit_mb=4096 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="$build/" "$corpus" "$seeds"
