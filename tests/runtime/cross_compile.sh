#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# cross_compile.sh CMAKE SOURCE BUILD: builds the runtime for a Cortex-M4 and runs its test.
set -eu
cmake=$1
source=$2
build=$3
if ! command -v arm-none-eabi-g++ >/dev/null; then
    echo "skipped: arm-none-eabi-g++ is not installed"
    exit 77
fi
"$cmake" -S "$source" -B "$build" -G Ninja -DNETCALIPER_TARGET_ONLY=ON -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O2 \
    "-DCMAKE_TOOLCHAIN_FILE=$source/engine/runtime/cortex_m/toolchain.cmake" >/dev/null
"$cmake" --build "$build"
cd "$build" && ctest --output-on-failure --no-tests=error
