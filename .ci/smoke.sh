#!/usr/bin/env bash
# The real window under an X server without a screen: somebody types, clicks and looks. What the keys did is read from the log of the
# training municipality, so that a window that only draws does not pass.
set -euo pipefail
cd "$(dirname "$0")/.."

pictures=$PWD/target/smoke
work=$(mktemp -d)
rm -rf "$pictures"
mkdir -p "$pictures" "$work/runtime" "$work/home"
chmod 700 "$work/runtime"
xserver= manager= window=

finish() {
    local status=$?
    if [ "$status" -ne 0 ]; then
        printf 'the window under test said:\n'
        tail -n 40 "$work"/window.log "$work"/profile/state/logs/* 2>/dev/null || true
    fi
    for pid in $window $manager $xserver; do
        kill "$pid" 2>/dev/null || true
    done
    for pid in $window $manager $xserver; do
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap finish EXIT

# until SECONDS WHAT COMMAND…: waits for a condition, or says what did not happen.
until_true() {
    local deadline=$((SECONDS + $1)) what=$2
    shift 2
    until "$@"; do
        if [ "$SECONDS" -ge "$deadline" ]; then
            printf 'did not happen in time: %s\n' "$what"
            exit 1
        fi
        sleep 0.2
    done
}

# The X server takes the first free display and says which.
mkfifo "$work/display"
Xvfb -displayfd 9 -screen 0 1600x1000x24 -nolisten tcp 9>"$work/display" >"$work/xvfb.log" 2>&1 &
xserver=$!
read -r -t 30 number <"$work/display"
export DISPLAY=:$number HOME=$work/home XDG_RUNTIME_DIR=$work/runtime DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent
unset WAYLAND_DISPLAY

# Without a window manager the keyboard stays nobody's.
openbox >"$work/openbox.log" 2>&1 &
manager=$!
managed() { xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q 'window id'; }
until_true 20 "a window manager" managed

target/debug/skranke --profile "$work/profile" --citizens 300 --lang en --theme light >"$work/window.log" 2>&1 &
window=$!

alive() { kill -0 "$window" 2>/dev/null; }
find_window() {
    alive || { printf 'the window ended by itself\n'; exit 1; }
    id=$(xdotool search --onlyvisible --name '^Skranke$' 2>/dev/null || true)
    id=${id%%$'\n'*}
    [ -n "$id" ]
}
look() { import -window "$id" "$pictures/$1.png"; }
colours() { identify -format '%k' "$pictures/$1.png"; }
drawn() { look "$1" && [ "$(colours "$1")" -gt 40 ]; }
# How many pixels differ between two pictures.
changed() { compare -metric AE "$pictures/$1.png" "$pictures/$2.png" null: 2>&1 | cut -d' ' -f1 || true; }
differs() { look "$2" && python3 -c 'import sys; sys.exit(float(sys.argv[1]) < 5000)' "$(changed "$1" "$2")"; }

cat >"$work/log.py" <<'PYTHON'
# How often the clerk did something, by the server's own log.
import json, pathlib, sys, urllib.request

served = json.loads(next(pathlib.Path(sys.argv[1]).rglob("served.json")).read_text())
address = served["baseUrl"].rstrip("/") + "/v1/audit?limit=200"
request = urllib.request.Request(address, headers={"authorization": "Bearer " + served["tokens"]["teamLeader"]})
with urllib.request.urlopen(request, timeout=10) as answer:
    records = json.load(answer)["items"]
sys.exit(0 if any(r["action"] == sys.argv[2] for r in records) else 1)
PYTHON
logged() { python3 "$work/log.py" "$work/profile" "$1" 2>/dev/null; }

until_true 60 "a window called Skranke" find_window
xdotool windowsize --sync "$id" 1440 900 || true
until_true 60 "a picture on the window" drawn start

xdotool key --window "$id" --delay 60 ctrl+k
until_true 20 "the palette" differs start palette
xdotool type --window "$id" --delay 60 'Wrona'
until_true 20 "a search in the log" logged search
until_true 20 "hits in the palette" differs palette hits
xdotool key --window "$id" --delay 60 Return
until_true 20 "an opened citizen in the log" logged open_citizen
# She is protected: it is asked why, and the first answer fits.
until_true 20 "the question why" differs hits asked
xdotool key --window "$id" --delay 60 Return
# Not the empty rows that wait for the departments: the page with what they said.
full() { look "$1" && [ "$(colours "$1")" -gt 2200 ]; }
until_true 20 "the citizen's cases on the page" full citizen

# The mouse: the search field in the bar at the top opens the palette again.
geometry=$(xdotool getwindowgeometry --shell "$id")
eval "$geometry"
xdotool mousemove --window "$id" "$((WIDTH / 2))" 23 click 1
until_true 20 "the palette by mouse" differs citizen clicked
xdotool key --window "$id" --delay 60 Escape

for picture in start palette hits citizen clicked; do
    printf '%s: %s colours\n' "$picture" "$(colours "$picture")"
done

# The program ends by its own key, and says so with its exit code. The window may be gone before the key is let go of.
xdotool key --window "$id" --delay 60 ctrl+q 2>/dev/null || true
until_true 20 "the end of the program" bash -c "! kill -0 $window 2>/dev/null"
status=0
wait "$window" || status=$?
window=
[ "$status" -eq 0 ] || { printf 'the program ended with exit code %s\n' "$status"; exit 1; }
if grep -i panick "$work/window.log"; then exit 1; fi
printf 'the window lives\n'
