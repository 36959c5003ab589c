#!/usr/bin/env bash
# Installs the npm packages of target/released in an empty folder, and uses eventc through them.
set -euo pipefail
released=$(cd "$(dirname "$0")/../../target/released" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

fail() {
    echo "npm: $1" >&2
    exit 1
}

# Only `eventc` is asked for; npm takes the package of this system for its dependency.
npm init --yes >/dev/null
npm install --silent --offline --no-audit --no-fund "$released"/eventc-[a-z]*.tgz "$released"/eventc-[0-9]*.tgz

npx --no-install eventc --quiet init events
cd events
npx --no-install eventc check || fail "a good project is found wrong"
sed -i 's/^date: .*/date: 2019-02-30/' datasets/example/events/*.yaml
status=0
npx --no-install eventc check --format short >"$folder/findings" || status=$?
[ $status -eq 1 ] || fail "a bad record ends with status $status"
grep --quiet 'invalid-date' "$folder/findings" || fail "the finding is not on standard output"

# What the wrapper passes on, told by a program that stands in for eventc.
program=$(echo "$folder"/node_modules/@eventc/*/eventc)
[ -x "$program" ] || fail "there is not one program: $program"
printf '#!/bin/sh\ntrap "echo asked to stop; trap - TERM; kill -TERM $$" TERM\ncat\necho "$1"\nwhile :; do sleep 0.1; done\n' >"$program"
echo input | node "$folder/node_modules/eventc/eventc.js" "an argument" >"$folder/said" &
wrapper=$!
for _ in $(seq 100); do
    ! grep --quiet argument "$folder/said" || break
    sleep 0.1
done
kill -TERM $wrapper
status=0
wait $wrapper || status=$?
[ $status -eq 143 ] || fail "a program that a signal ended ends with status $status"
[ "$(cat "$folder/said")" = "$(printf 'input\nan argument\nasked to stop')" ] || fail "$(cat "$folder/said")"

rm "$program"
status=0
node "$folder/node_modules/eventc/eventc.js" 2>"$folder/said" || status=$?
[ $status -eq 2 ] || fail "a missing program ends with status $status"
grep --quiet 'npm package @eventc/.* is missing' "$folder/said" || fail "$(cat "$folder/said")"
