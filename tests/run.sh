#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds everything and runs all tests.
# Usage: sh tests/run.sh [PRESET], PRESET one of release (default), dev, asan, tsan.
set -eu
cd "$(dirname "$0")/.."
sh resources/install_packages.sh
cmake --workflow --preset "${1:-release}"
