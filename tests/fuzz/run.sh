#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the fuzz targets with clang and runs one after the other.
#   sh tests/fuzz/run.sh           a short run that is the same every time: the workflow preset fuzz
#   sh tests/fuzz/run.sh SECONDS   a long one of each, with a seed of its own
set -eu
cd "$(dirname "$0")/../.."
sh resources/install_packages.sh
if [ $# -eq 0 ]; then
    exec cmake --workflow --preset fuzz
fi
cmake --preset fuzz
cmake --build --preset fuzz
fuzz() { sh tests/fuzz/one_target.sh "build/fuzz/bin/$1" build/fuzz "$2" "$seconds"; }
seconds=$1
fuzz fuzz_model tests/golden/models
fuzz fuzz_importers tests/importers/samples
fuzz fuzz_datasets tests/data/samples
fuzz fuzz_onnx tests/onnx/models
fuzz fuzz_project tests/fuzz/projects
