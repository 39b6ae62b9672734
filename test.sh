#!/usr/bin/env bash
# Builds everything and runs every test, on SQLite and on a private PostgreSQL. Installs what is missing on Debian and Ubuntu.
# --long: the cluster tests run for longer and harder, as hard as the machine can bear (PATCHBAY_CLUSTER_RATE says otherwise), and write docs/reliability.md.
set -euo pipefail
cd "$(dirname "$0")"

case "${1:-}" in
  "") ;;
  --long) export PATCHBAY_CLUSTER=long PATCHBAY_RELIABILITY_PAGE="$PWD/docs/reliability.md" ;;
  *) echo "usage: ./test.sh [--long]" >&2; exit 2 ;;
esac

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

missing=()
if ! command -v initdb > /dev/null && ! compgen -G '/usr/lib/postgresql/*/bin/initdb' > /dev/null; then missing+=(postgresql); fi
# The cluster tests: network namespaces, the load balancer, a clock that is wrong.
PATH="$PATH:/sbin:/usr/sbin"
if ! command -v ip > /dev/null; then missing+=(iproute2); fi
if ! command -v haproxy > /dev/null; then missing+=(haproxy); fi
if ! compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' > /dev/null; then missing+=(libfaketime); fi
if ! command -v ps > /dev/null; then missing+=(procps); fi
if ! command -v npm > /dev/null; then missing+=(nodejs npm); fi
if [ ${#missing[@]} -gt 0 ]; then
  if ! command -v apt-get > /dev/null; then
    echo "Please install: ${missing[*]}" >&2
    exit 1
  fi
  as_root apt-get update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}"
fi
if ! command -v initdb > /dev/null; then
  PATH="$(dirname "$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1)"):$PATH"
  export PATH
fi

# Libraries that verify webhooks, for one test.
(cd test/webhook-verifiers && npm ci --no-audit --no-fund --silent)

dotnet build Patchbay.slnx --configuration Release --nologo --verbosity quiet

log="$(mktemp)"
trap 'rm -f "$log"' EXIT
run() { dotnet test --project "test/$1" --configuration Release --no-build --no-progress 2>&1 | tee -a "$log"; }

# The durability tests mostly wait, so they go beside the others. The cluster tests measure how long things take, and have the machine to themselves.
code=0
run Patchbay.DurabilityTests & durability=$!
for tests in test/Patchbay.*Tests/; do
  tests="$(basename "$tests")"
  if [ "$tests" != Patchbay.DurabilityTests ] && [ "$tests" != Patchbay.ClusterTests ]; then run "$tests" || code=1; fi
done
wait "$durability" || code=1
run Patchbay.ClusterTests || code=1
awk '/^ +succeeded:/ {p += $2} /^ +failed:/ {f += $2} /^ +skipped:/ {s += $2} END {printf "%d passed, %d failed, %d skipped\n", p, f, s}' "$log"
exit "$code"
