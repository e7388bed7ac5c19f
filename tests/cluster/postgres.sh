#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A private PostgreSQL in a directory, for tests: a Unix socket only, no password, nothing of the
# system's own servers is touched. As root it runs as the user postgres.
# Usage: postgres.sh start|stop|restart|crash DIR
set -eu

action="$1"
directory="$(realpath -m "$2")"
programs="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)"
if [ -z "$programs" ] || [ ! -x "$programs/initdb" ]; then
    echo "PostgreSQL is not installed" >&2
    exit 1
fi

as_server() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid=postgres --regid=postgres --clear-groups env HOME="$directory" "$@"
    else
        "$@"
    fi
}

control() {
    (cd "$directory" && as_server "$programs/pg_ctl" -D "$directory/data" -w -s \
        -l "$directory/log" -o "-k '$directory' -h '' -c max_connections=64" "$@")
}

case "$action" in
start)
    mkdir -p "$directory"
    chmod 755 "$directory"
    if [ ! -d "$directory/data" ]; then
        [ "$(id -u)" -ne 0 ] || chown postgres "$directory"
        (cd "$directory" && as_server "$programs/initdb" -D "$directory/data" -U netcaliper \
            -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions >"$directory/made")
    fi
    control start
    ;;
stop) control -m fast stop ;;
restart) control -m fast restart ;;
crash) control -m immediate restart ;;
*)
    echo "unknown action: $action" >&2
    exit 2
    ;;
esac
