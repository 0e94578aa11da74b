#!/bin/sh
# Installs the programs of the system that the tests use (Debian, as root), or names those that are missing and stops.
# With names of packages as arguments, only those.
set -eu
faltan="$*"
exigir() { # PACKAGE COMMAND...
    paquete=$1
    shift
    "$@" >/dev/null 2>&1 || faltan="$faltan $paquete"
}
if [ $# -eq 0 ]; then
    exigir chromium test -x /usr/bin/chromium
    exigir fonts-liberation test -d /usr/share/fonts/truetype/liberation
    exigir postgresql sh -c 'ls /usr/lib/postgresql/*/bin/initdb'
    exigir poppler-utils command -v pdfinfo
    exigir openssl command -v openssl
fi
[ -n "$faltan" ] || exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Faltan paquetes del sistema; instálelos y repita: $faltan" >&2
    exit 1
fi
apt-get update -qq
# shellcheck disable=SC2086 # a list of names
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $faltan
