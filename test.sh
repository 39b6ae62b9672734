#!/usr/bin/env bash
# Builds everything and runs every test, on SQLite and on a private PostgreSQL. Installs what is missing on Debian and Ubuntu.
# --quick: what needs neither PostgreSQL nor minutes, for the inner loop. What is missing is installed all the same.
# --coverage: all of it, and which lines it ran in artifacts/coverage.
# --long: the cluster tests run for longer and harder, as hard as the machine can bear (PATCHBAY_CLUSTER_RATE says otherwise), and write
#   docs/reliability.md; and what a usual run tries in part (TestForm) is tried whole: loads, fuzz, properties, schedules.
set -euo pipefail
cd "$(dirname "$0")"

quick='' coverage=''
case "${1:-}" in
  "") ;;
  --quick) quick=1; export PATCHBAY_TESTS=quick ;;
  --coverage) coverage=1 ;;
  --long) export PATCHBAY_CLUSTER=long PATCHBAY_TESTS=long PATCHBAY_RELIABILITY_PAGE="$PWD/docs/reliability.md" ;;
  *) echo "usage: ./test.sh [--quick | --coverage | --long]" >&2; exit 2 ;;
esac

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

missing=()
if ! command -v initdb > /dev/null && ! compgen -G '/usr/lib/postgresql/*/bin/initdb' > /dev/null; then missing+=(postgresql); fi
# The cluster tests: network namespaces, the load balancer, a clock that is wrong.
PATH="$PATH:/sbin:/usr/sbin"
if ! command -v ip > /dev/null; then missing+=(iproute2); fi
if ! command -v haproxy > /dev/null; then missing+=(haproxy); fi
if ! command -v nginx > /dev/null; then missing+=(nginx-light); fi
if ! compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' > /dev/null; then missing+=(libfaketime); fi
if ! command -v ps > /dev/null; then missing+=(procps); fi
if ! command -v chromium > /dev/null && ! command -v google-chrome > /dev/null; then missing+=(chromium); fi
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

# What Node.js runs, each for one test, is fetched while the program is built: libraries that verify webhooks, lint the API's documents and drive
# the sandbox, and the TypeScript client, which is built as well.
libraries() {
  local folder built=clients/typescript/test/out/program.js
  for folder in test/webhook-verifiers test/openapi-linters test/vendor-sdks clients/typescript; do
    if [ ! "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ]; then
      npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --silent
    fi
  done
  if [ ! -e "$built" ] || [ -n "$(find clients -name node_modules -prune -o -type f -newer "$built" -print -quit)" ]; then
    npm run build --prefix clients/typescript --silent
  fi
}
libraries & libraries=$!

# Without watching the compiler to compile it better, nor compiling again what is not called all the time: it ends before that pays.
DOTNET_TieredPGO=0 DOTNET_TC_CallCountThreshold=300 dotnet build Patchbay.slnx --configuration Release --nologo --verbosity quiet -p:UseSharedCompilation=true
dotnet build-server shutdown --vbcscompiler > /dev/null
wait "$libraries"

# Hundreds of short-lived databases: in memory where there is room. And processes that live for seconds gain nothing from code that is watched and
# compiled better, from collecting garbage often, nor from threads that look out for work. Not so in the long form, which writes down figures.
temporary="${TMPDIR:-/tmp}"
if [ "${PATCHBAY_CLUSTER:-}" != long ]; then
  if [ "$(df --output=avail --block-size=1G /dev/shm 2> /dev/null | tail -n 1)" -ge 4 ] 2> /dev/null; then temporary=/dev/shm; fi
  export DOTNET_TieredPGO=0 DOTNET_TC_CallCountThreshold=300 DOTNET_GCgen0size=0x4000000 DOTNET_EnableWriteXorExecute=0 DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0
fi
results="$(mktemp -d -p "$temporary" patchbay-tests-XXXXXX)"
trap 'rm -rf "$results"' EXIT
mkdir -m 755 "$results/tmp"
chmod 755 "$results"
export TMPDIR="$results/tmp"

# Tests that stand still for minutes are named and ended: better than a run that says nothing.
options=(--hangdump --hangdump-type None --hangdump-timeout 5m)
if [ -n "$quick" ]; then options+=(--filter-not-trait "Takes=long"); fi
if [ -n "$coverage" ]; then
  options+=(--coverlet --coverlet-output-format cobertura --coverlet-include "[Patchbay*]*" --coverlet-exclude "[Patchbay*Test*]*")
  rm -rf artifacts/coverage
fi

polite=()
run() {
  "${polite[@]}" dotnet test --project "test/$1" --configuration Release --no-build --no-progress --results-directory "$results/$1" \
    -- --report-xunit-ctrf --report-xunit-ctrf-filename tests.json "${options[@]}" 2>&1 | tee -a "$results/log"
}

# One after another; true when all passed.
lane() {
  local tests passed=0
  for tests in "$@"; do run "$tests" || passed=1; done
  return "$passed"
}

# What kills processes and measures how long things take has a lane of its own. Beside it, giving way to it: first the hub's tests, then what starts
# the program again and again, and mostly waits for it, beside the rest.
apart=(Patchbay.ClusterTests Patchbay.DurabilityTests Patchbay.Hub.Tests Patchbay.Tests)
rest=()
for tests in $(cd test && ls -d Patchbay.*Tests); do
  if [[ " ${apart[*]} " != *" $tests "* ]]; then rest+=("$tests"); fi
done
code=0
if [ -n "$quick" ]; then
  lane Patchbay.Hub.Tests & lane=$!
  lane Patchbay.Tests "${rest[@]}" || code=1
  wait "$lane" || code=1
else
  lane Patchbay.DurabilityTests Patchbay.ClusterTests & lane=$!
  polite=(nice -n 10)
  lane Patchbay.Hub.Tests || code=1
  lane Patchbay.Tests & program=$!
  lane "${rest[@]}" || code=1
  wait "$program" || code=1
  wait "$lane" || code=1
fi

if [ -n "$coverage" ]; then
  mkdir -p artifacts/coverage
  for file in "$results"/*/*.cobertura.xml; do cp "$file" "artifacts/coverage/$(basename "$(dirname "$file")").cobertura.xml"; done
fi

echo "The slowest classes, in seconds of their tests:"
grep -ho '"duration":[0-9]*,[^][]*"suite":\["[^"]*","[^"]*","[^"]*"' "$results"/*/tests.json \
  | sed -E 's/"duration":([0-9]+),.*,"([^"]*)"/\1 \2/' \
  | awk '{took[$2] += $1; count[$2]++} END {for (name in took) printf "%8.1f  %s (%d)\n", took[name] / 1000, name, count[name]}' \
  | sort -rn | awk 'NR <= 15'
awk -v took="$SECONDS" '/^ +succeeded:/ {p += $2} /^ +failed:/ {f += $2} /^ +skipped:/ {s += $2}
  END {printf "%d passed, %d failed, %d skipped in %d s\n", p, f, s, took}' "$results/log"
exit "$code"
