#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs those of debian-packages.txt (NAME  # REASON) that are not there yet; does nothing, and
# needs neither network nor rights, where none is missing. Uses sudo only if not run as root.
# Usage: sh resources/install_packages.sh
set -eu

list="$(dirname "$0")/debian-packages.txt"
missing=""
names="$(sed 's/#.*//' "$list")"
for package in $names; do
    state="$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)"
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "Installing:$missing" >&2
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "error: packages are missing:$missing: install them as root" >&2
        exit 1
    fi
    as_root="sudo"
fi
$as_root apt-get update
# Words of $missing are package names: they must be split.
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
