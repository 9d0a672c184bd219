#!/usr/bin/env bash
# The API document before an independent validator, and the training server before an independent tester that makes requests from the
# document: no 5xx, no answer that is not documented. All routes but /v1/events, which never ends and has tests of its own.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$PWD/target/ci/tools/bin
document=$PWD/assets/openapi.json
work=$(mktemp -d)
server=

finish() {
    if [ -n "$server" ] && kill -0 "$server" 2>/dev/null; then
        kill "$server"
        wait "$server" || true
    fi
    rm -rf "$work"
}
trap finish EXIT

"$tools/openapi-spec-validator" "$document"

# Departments that answer late by design would only make every request slow here; the late ones are looked at in the contract tests.
target/debug/skranke-server --listen 127.0.0.1:0 --database "$work/contract.db" --training --citizens 300 --no-faults \
    --persona-tokens "$work/tokens.json" >"$work/out" 2>"$work/log" &
server=$!
address=
for _ in $(seq 300); do
    address=$(sed -n 's/^listening on //p' "$work/out")
    [ -n "$address" ] && break
    kill -0 "$server" 2>/dev/null || { cat "$work/log"; exit 1; }
    sleep 0.2
done
[ -n "$address" ] || { printf 'the server did not begin to listen\n'; cat "$work/log"; exit 1; }

# What the tester sends with every request, for one persona: her token, and things that exist, so that it gets past "not found".
cat >"$work/settings.py" <<'PYTHON'
import json, sys, urllib.request

address, tokens, persona, target = sys.argv[1:]
held = json.load(open(tokens))["tokens"]
token = held[persona]
# What exists is looked up by who sees it; the tester itself is the persona.
why = {
    "authorization": f"Bearer {held['teamLeader']}",
    "skranke-purpose": "case",
    "skranke-purpose-note": "contract",
    "skranke-acknowledged": "yes",
}

def ask(path, body=None):
    request = urllib.request.Request(address + path, headers=why | {"content-type": "application/json"})
    if body is not None:
        request.data = json.dumps(body).encode()
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)

case = ask("/v1/cases?limit=1")["items"][0]
item = ask(f"/v1/cases/{case['id']}")["items"][0]
site = ask("/v1/sites")["items"][0]
known = {
    "path.citizen": case["citizen"],
    "path.case": case["id"],
    "path.item": item["id"],
    "path.procedure": case["procedure"],
}
appointments = ask(f"/v1/appointments?counter={site['counters'][0]['id']}&from=2020-01-01&to=2020-01-02")["items"]
if appointments:
    known["path.appointment"] = appointments[0]["id"]
lines = [f'headers = {{ Authorization = "Bearer {token}" }}']
if target.endswith("known.toml"):
    lines += ["[parameters]"] + [f'"{name}" = "{value}"' for name, value in known.items()]
open(target, "w").write("\n".join(lines) + "\n")
PYTHON

# One worker: Python 3.11 counts the depth of its parser wrongly when two threads use it, and the tester's threads do.
tester() {
    local name=$1 persona=$2 settings="$work/$3.toml"
    printf '\n--- %s\n' "$name"
    python3 "$work/settings.py" "$address" "$work/tokens.json" "$persona" "$settings"
    (cd "$work" && timeout 480 "$tools/schemathesis" --config-file "$settings" run "$document" --url "$address" \
        --exclude-path /v1/events --no-color --workers 1 --max-examples 25 --request-timeout 20 --seed 2005 \
        --generation-database none --warnings off --continue-on-failure \
        --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance,unsupported_method,missing_required_header)
}
tester "the team leader, made-up things" teamLeader unknown
tester "the team leader, things that exist" teamLeader known
tester "the clerk, things that exist" clerk known
tester "the caseworker, things that exist" caseworker known
tester "the host, things that exist" host known
tester "a guest, things that exist" guest known
tester "the intake, things that exist" selfService known
tester "a call display, things that exist" display known

kill -0 "$server" || { printf 'the server ended by itself\n'; cat "$work/log"; exit 1; }
if grep -q -i -E 'panick|ERROR' "$work/log"; then
    printf 'the server logged errors:\n'
    grep -i -E 'panick|ERROR' "$work/log" | head -20
    exit 1
fi
