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

# took COMMAND... prints the milliseconds of one run.
took() {
  local start
  start=$(date +%s%N)
  taskset -c 0 "$@" "${files[@]}" >/dev/null 2>&1 || true # findings are no failure here
  echo $((($(date +%s%N) - start) / 1000000))
}

# The runs take turns, so that other work of the machine hits all alike.
theirs=() ours=() strict=()
for _ in 1 2 3 4 5; do
  theirs+=("$(took xmllint --noout --schema internal/corpus/testdata/unattend.xsd)")
  ours+=("$(took "$work/reseal" validate)")
  strict+=("$(took "$work/reseal" validate --strict)")
done
best() { printf '%s\n' "$@" | sort -n | head -1; }
theirs=$(best "${theirs[@]}") ours=$(best "${ours[@]}") strict=$(best "${strict[@]}")
printf '%-44s %5d ms\n' "xmllint --noout --schema unattend.xsd" "$theirs" \
  "reseal validate" "$ours" "reseal validate --strict (all rules)" "$strict"
[ "$ours" -le "$theirs" ] && [ "$strict" -le $((2 * theirs)) ]
