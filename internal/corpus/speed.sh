#!/usr/bin/env bash
# Compares Reseal with a schema validator: a thousand paths to well-formed
# answer files on one command line, output discarded, both on one core, the best
# of five runs each.
#
#   internal/corpus/speed.sh FOLDER     FOLDER as for go run ./internal/corpus
#
# It needs xmllint (libxml2-utils), python3 and taskset (util-linux). The exit
# code is 1 when Reseal takes longer than xmllint, or with every rule that is off
# by default more than twice as long.
set -euo pipefail
[ $# = 1 ] || { echo "usage: $0 FOLDER" >&2; exit 2; }
corpus=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
CGO_ENABLED=0 go build -tags urfave_cli_no_docs -o "$work/reseal" ./cmd/reseal

mapfile -t files < <(python3 - "$corpus" <<'PY'
import json, sys
folder = sys.argv[1]
names = [f["file"] for f in json.load(open(folder + "/index.json"))["files"] if f["well_formed"]]
for i in range(1000):
    print(f"{folder}/files/{names[i % len(names)]}")
PY
)

# best COMMAND... prints the milliseconds of the fastest of five runs.
best() {
  local fastest=0 start took
  for _ in 1 2 3 4 5; do
    start=$(date +%s%N)
    taskset -c 0 "$@" "${files[@]}" >/dev/null 2>&1 || true # findings are no failure here
    took=$((($(date +%s%N) - start) / 1000000))
    [ "$fastest" -gt 0 ] && [ "$took" -ge "$fastest" ] || fastest=$took
  done
  echo "$fastest"
}

schema=internal/corpus/testdata/unattend.xsd
theirs=$(best xmllint --noout --schema "$schema")
ours=$(best "$work/reseal" validate)
strict=$(best "$work/reseal" validate --strict)
printf '%-44s %5d ms\n' "xmllint --noout --schema unattend.xsd" "$theirs" \
  "reseal validate" "$ours" "reseal validate --strict (all rules)" "$strict"
[ "$ours" -le "$theirs" ] && [ "$strict" -le $((2 * theirs)) ]
