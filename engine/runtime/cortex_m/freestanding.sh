#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# freestanding.sh NM LIBRARY: fails where the library needs anything but memory functions and
# compiler helpers (libgcc's integer and float routines) that it does not define itself.
set -eu
nm=$1
library=$2
[ -f "$library" ] || { echo "no library $library"; exit 1; }
defined=$("$nm" --defined-only --format=posix "$library" | cut -d' ' -f1 | sort -u)
needed=$("$nm" --undefined-only --format=posix "$library" | cut -d' ' -f1 | grep -v ':$' | sort -u)
foreign=$(printf '%s\n' "$needed" | grep -vxF "$defined" |
          grep -vE '^(mem(cpy|move|set|cmp)|__aeabi_.*|__(div|udiv|mul|ashl|ashr|lshr|cmp|ucmp|clz|ctz)[sdt]i[0-9]?|_GLOBAL_OFFSET_TABLE_|__(asan|ubsan|tsan|sanitizer)_.*|__tsan.*)?$' || true)
if [ -n "$foreign" ]; then
    echo "runtime needs more than memory functions and compiler helpers:"
    echo "$foreign"
    exit 1
fi
echo "freestanding: needs only $(printf '%s ' $(printf '%s\n' "$needed" | grep -vxF "$defined"))"
