#!/usr/bin/env bash
# Drives the real window.
#
#   run.sh [SPEC.test.mjs…]     runs the specs (all of them by default)
#   run.sh screenshots FOLDER [RUN…]   takes pictures of the window; of the runs named, if any are
#   run.sh measure FILE                writes how long keys take until their effect shows, as JSON
#
# The window's program is $DAPANJI_WINDOW, by default the debug build of this clone. What a failed
# scenario leaves behind goes to $DAPANJI_E2E_OUT, by default a temporary folder.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repo=$(cd "$here/../.." && pwd)
driver_version=2.1.0

fail() {
    echo "tests/e2e: $1" >&2
    exit 1
}

# The second stage: inside the display and the session bus.
if [ "${1-}" = --inside ]; then
    shift
    openbox --sm-disable &
    manager=$!
    trap 'kill "$manager" 2>/dev/null || true' EXIT
    if [ "${1-}" = screenshots ] || [ "${1-}" = measure ]; then
        program=$1
        shift
        node "$here/$program.mjs" "$@"
    else
        # One after another: there is one keyboard, and one window has the focus.
        node --test --test-concurrency=1 --test-reporter=spec "$@"
    fi
    exit
fi

need() {
    command -v "$1" >/dev/null || fail "$1 is missing; on Debian or Ubuntu: apt-get install $2"
}
need node nodejs
need npm npm
need Xvfb xvfb
need openbox openbox
need xdotool xdotool
need dbus-run-session dbus-daemon
need WebKitWebDriver webkit2gtk-driver
need pdftotext poppler-utils
need ibus-daemon "ibus ibus-hangul ibus-gtk3"
need gsettings "libglib2.0-bin dconf-service dconf-gsettings-backend"

window=$(realpath -m "${DAPANJI_WINDOW:-$repo/target/debug/dapanji-window}")
[ -x "$window" ] || fail "there is no window at $window; build it first (npm run build in ui, then cargo build -p dapanji)"
export DAPANJI_WINDOW=$window

tools=${DAPANJI_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/dapanji/tools}
if ! grep -qs "\"tauri-driver $driver_version " "$tools/.crates2.json"; then
    cargo install tauri-driver --version "$driver_version" --locked --root "$tools"
fi
export TAURI_DRIVER=$tools/bin/tauri-driver

if [ "$here/package-lock.json" -nt "$here/node_modules/.package-lock.json" ]; then
    (cd "$here" && npm ci --no-fund --no-audit)
fi

if [ "${1-}" = screenshots ]; then
    [ -n "${2-}" ] || fail "name the folder for the pictures"
    mkdir -p "$2"
    set -- screenshots "$(realpath "$2")" "${@:3}"
elif [ "${1-}" = measure ]; then
    [ -n "${2-}" ] || fail "name the file for the figures"
    set -- measure "$(realpath "$2")"
elif [ $# -eq 0 ]; then
    set -- "$here"/*.test.mjs
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/dapanji-e2e.XXXXXX")
if [ -z "${DAPANJI_E2E_OUT-}" ]; then
    DAPANJI_E2E_OUT=$(mktemp -d "${TMPDIR:-/tmp}/dapanji-e2e-out.XXXXXX")
fi
mkdir -p "$DAPANJI_E2E_OUT"
DAPANJI_E2E_OUT=$(realpath "$DAPANJI_E2E_OUT")
export DAPANJI_E2E_OUT

display_server=
clean_up() {
    status=$?
    [ -z "$display_server" ] || kill "$display_server" 2>/dev/null || true
    rm -rf "$work"
    rmdir "$DAPANJI_E2E_OUT" 2>/dev/null || echo "tests/e2e: what was kept is in $DAPANJI_E2E_OUT"
    exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# Nothing of the user's own desktop or settings takes part.
mkdir -p "$work/home" "$work/runtime"
chmod 700 "$work/runtime"
unset WAYLAND_DISPLAY XAUTHORITY DBUS_SESSION_BUS_ADDRESS XMODIFIERS GTK_IM_MODULE QT_IM_MODULE IBUS_ADDRESS
unset DAPANJI_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_STATE_HOME
export HOME=$work/home XDG_RUNTIME_DIR=$work/runtime TMPDIR=$work
export LC_ALL=C.UTF-8 GDK_BACKEND=x11 NO_AT_BRIDGE=1 LIBGL_ALWAYS_SOFTWARE=1

# Xvfb says which display it took as soon as it can be used.
mkfifo "$work/display"
Xvfb -displayfd 7 -screen 0 2200x1400x24 -nolisten tcp 7>"$work/display" 2>"$work/xvfb.log" &
display_server=$!
read -r number <"$work/display" || fail "Xvfb did not start: $(cat "$work/xvfb.log")"
export DISPLAY=:$number

dbus-run-session -- "$here/run.sh" --inside "$@"
