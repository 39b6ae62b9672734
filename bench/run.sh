#!/usr/bin/env bash
# Measures the hub beside two yardsticks, on a private PostgreSQL with fsync and synchronous_commit on. See docs/performance.md.
#   bench/run.sh                        everything, medians of 3 runs of 10 s
#   bench/run.sh --only throughput --seconds 5 --rounds 1
#   bench/run.sh --json figures.json    also writes the figures as JSON
#   bench/run.sh --only compare --against FOLDER --rounds 8    another build of the hub (its bin folder) and this one, in turn
set -euo pipefail
cd "$(dirname "$0")/.."

as_owner() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=nobody --regid=nogroup --clear-groups -- "$@"; else "$@"; fi; }

if ! command -v initdb > /dev/null; then
  newest="$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1)" || { echo "Please install postgresql." >&2; exit 1; }
  PATH="$(dirname "$newest"):$PATH"
  export PATH
fi

dotnet build bench/Patchbay.Bench --configuration Release --nologo --verbosity quiet >&2

folder="$(mktemp -d -t patchbay-bench-XXXXXX)"
mkdir "$folder/pg"
if [ "$(id -u)" = 0 ]; then chmod 755 "$folder"; chown nobody:nogroup "$folder/pg"; fi
trap 'as_owner pg_ctl -D "$folder/pg/data" -m immediate stop > /dev/null 2>&1 || true; rm -rf "$folder"' EXIT

port="${BENCH_POSTGRES_PORT:-54399}"
as_owner initdb -D "$folder/pg/data" -U hub -A trust -E UTF8 --locale=C > /dev/null
as_owner pg_ctl -D "$folder/pg/data" -w -l "$folder/pg/log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' \
  -c fsync=on -c synchronous_commit=on -c shared_buffers=1GB -c max_wal_size=8GB -c max_connections=300 -c checkpoint_timeout=15min" start > /dev/null

# The load shares the machine with what it measures: it is to cost little.
export DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1
dotnet bench/Patchbay.Bench/bin/Release/net10.0/Patchbay.Bench.dll \
  --postgres "Host=127.0.0.1;Port=$port;Username=hub" --postgres-process "$(head -n 1 "$folder/pg/data/postmaster.pid")" --folder "$folder" "$@"
