#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds the desktop app and opens it on a bundled model.
# Usage: sh app/run.sh [MODEL] [OPTION]...   (see sh app/run.sh --help)
set -eu

root="$(cd "$(dirname "$0")/.." && pwd)"
sh "$root/resources/install_packages.sh"
# What the build prints goes to stderr: stdout belongs to the app.
(cd "$root" && cmake --preset release && cmake --build --preset release --target netcaliper) >&2
exec "$root/build/release/bin/netcaliper" "$@"
