#!/usr/bin/env bash
# Runs `wxflux run` against the simulator for minutes, lets hosts fail and come back, breaks and loses answers, fills the
# disk and kills the process, all drawn from a seed; then holds the file against the simulator's own log.
set -euo pipefail

usage() {
    cat <<'USAGE'
usage: bench/chaos.sh [options]

  --for SECONDS       how long there is trouble (120)
  --seed N            what trouble and kills are drawn from; printed in any case (by chance)
  --accounts N        (20)
  --rate N            messages per second and account (5)
  --share X           of webwxsync that answers 500, breaks off, or takes effect and is lost (0.05)
  --every SECONDS     between the beginnings of two episodes: a host or all of them down, hanging, answering HTML,
                      cutting, dripping ... (3); 0 for none
  --kill-every SECONDS  mean life of the process before kill -9 (12); 0 for no kills
  --full-disk N       every Nth life cannot write more than a little (4); 0 for none
  --dir DIR           where it works and leaves everything (a new one under $TMPDIR, removed when all is well)

The last line is the verdict. Ends with 0 when it is "ok", with 1 when anything was lost, unexpected, duplicated or
reordered, a scan was asked for again, or a rule of the protocol was broken, and with 2 when it could not work.
USAGE
}

seconds=120 seed= accounts=20 rate=5 share=0.05 every=3 kill_every=12 full_disk=4 dir=
while [ $# -gt 0 ]; do
    case $1 in
        --help | -h) usage; exit 0 ;;
    esac
    [ $# -ge 2 ] || { usage >&2; exit 2; }
    case $1 in
        --for) seconds=$2 ;;
        --seed) seed=$2 ;;
        --accounts) accounts=$2 ;;
        --rate) rate=$2 ;;
        --share) share=$2 ;;
        --every) every=$2 ;;
        --kill-every) kill_every=$2 ;;
        --full-disk) full_disk=$2 ;;
        --dir) dir=$2 ;;
        *) usage >&2; exit 2 ;;
    esac
    shift 2
done
command -v curl >/dev/null || { echo "chaos: curl is needed" >&2; exit 2; }
home=$(cd "$(dirname "$0")/.." && pwd -P)
own_dir=
if [ -z "$dir" ]; then
    dir=$(mktemp -d "${TMPDIR:-/tmp}/wxflux-chaos.XXXXXX")
    own_dir=yes
fi
mkdir -p "$dir"
chmod 700 "$dir"
dir=$(cd "$dir" && pwd -P)
[ ! -e "$dir/events.ndjson" ] || { echo "chaos: $dir was used before; name an empty one" >&2; exit 2; }
seed=${seed:-$((RANDOM * 32768 + RANDOM))}
RANDOM=$((seed % 32768)) # bash's own generator, seeded: the same lives for the same seed
events=$dir/events.ndjson
run= service=

# What still runs at the end is ended: the two processes that were started here, no others.
tidy() {
    [ -z "$run" ] || kill -9 "$run" 2>/dev/null || true
    [ -z "$service" ] || kill "$service" 2>/dev/null || true
}
trap tidy EXIT
trap 'exit 130' INT TERM

broken() {
    echo "chaos: $1; everything is in $dir" >&2
    exit 2
}

lines() { # of a kind, in the file
    if [ -e "$events" ]; then grep -c "\"type\":\"$1" "$events" || true; else echo 0; fi
}

control() { # method, path, body
    curl -sS --fail-with-body -m 60 -X "$1" ${3:+-d "$3"} "$control_url$2"
}

sum() { # of a figure, over all accounts
    control GET /accounts | grep -o "\"$1\":[0-9]*" | cut -d: -f2 | awk '{ n += $1 } END { print n + 0 }'
}

start() { # blocks of 1 KiB a file may have, or nothing
    (
        [ -z "${1:-}" ] || ulimit -f "$1"
        exec "$home/wxflux" run "$dir/accounts.yaml"
    ) >>"$dir/run.log" 2>&1 </dev/null &
    run=$!
}

until_at_least() { # a kind, a number, seconds
    local end=$((SECONDS + $3))
    while [ "$(lines "$1")" -lt "$2" ]; do
        [ "$SECONDS" -lt "$end" ] || return 1
        kill -0 "$run" 2>/dev/null || return 1
        sleep 0.3
    done
}

echo "chaos: seed $seed, $accounts accounts at $rate messages/s, $seconds s, in $dir"
"$home/wxflux" --version >/dev/null || broken "wxflux does not build"
"$home/wxflux" simulator --port 0 --control-port 0 --accounts "$accounts" --auto-scan 200ms --messages 0 \
    --ca-out "$dir/ca.pem" >"$dir/simulator.log" 2>&1 </dev/null &
service=$!
for ((i = 0; i < 300; i++)); do
    grep -q '^accounts:' "$dir/simulator.log" && break
    kill -0 "$service" 2>/dev/null || broken "the simulator did not start"
    sleep 0.2
done
port=$(sed -n 's/.*listens on 127\.0\.0\.1:\([0-9]*\).*/\1/p' "$dir/simulator.log")
control_url=$(sed -n 's/.*control API: \(http[^ ]*\).*/\1/p' "$dir/simulator.log")
[ -n "$port" ] && [ -n "$control_url" ] || broken "the simulator did not start"
{
    printf 'state: ./state\nhttp:\n  trust: %s\n  connect-to: 127.0.0.1:%s\n' "$dir/ca.pem" "$port"
    printf 'sinks:\n  archive: { type: file, path: ./events.ndjson, qr: true }\naccounts:\n'
    for ((i = 1; i <= accounts; i++)); do printf '  - id: account-%s\n' "$i"; done
} >"$dir/accounts.yaml"

# Everybody signs in in peace: half a login needs its scan again, and nobody would be to blame.
start
until_at_least wx.account.ready "$accounts" 180 || broken "not all accounts signed in"
control POST /load "{\"rate\": $rate}" >/dev/null
control POST /storm "{\"seed\": $seed, \"share\": $share, \"every\": $((every * 1000)), \"longest\": 6000}" >/dev/null

lives=1 kills=0 filled=0
end=$((SECONDS + seconds))
while [ "$kill_every" -gt 0 ] && [ "$SECONDS" -lt "$end" ]; do
    life=$((kill_every * 2 * RANDOM / 32768 + 1))
    [ $((SECONDS + life)) -le "$end" ] || life=$((end - SECONDS))
    sleep "$life"
    kill -0 "$run" 2>/dev/null || { tail -n 5 "$dir/run.log" >&2; broken "the process ended by itself"; }
    kill -9 "$run"
    wait "$run" 2>/dev/null || true
    kills=$((kills + 1))
    lives=$((lives + 1))
    if [ "$full_disk" -gt 0 ] && [ $((lives % full_disk)) -eq 0 ] && [ "$SECONDS" -lt "$end" ]; then
        # No file may grow much beyond the largest there is: to the process that is a full disk.
        filled=$((filled + 1))
        start $((($(stat -c %s "$events" 2>/dev/null || stat -f %z "$events") / 1024) + 16))
    else
        start
    fi
done
[ "$SECONDS" -ge "$end" ] || sleep $((end - SECONDS))

# Peace again: everything that is still waiting has to come.
if [ "$filled" -gt 0 ]; then
    kill -9 "$run" && wait "$run" 2>/dev/null || true
    kills=$((kills + 1))
    start
fi
episodes=$(control GET /storm | grep -o ' s: ' | wc -l | tr -d ' ')
control DELETE /storm >/dev/null
control POST /load '{"rate": 0}' >/dev/null
queued=$(sum queued)
came=yes
until_at_least wx.message. "$queued" 180 || came=
kill "$run"
code=0
wait "$run" || code=$?
run=

verdict=$(curl -sS --fail-with-body --data-binary "@$events" -H 'Expect:' "$control_url/judge")
figure() { printf '%s' "$verdict" | grep -o "\"$1\":[0-9]*" | cut -d: -f2; }
logins=$(sum logins)
violations=$(control GET /violations)
echo "chaos: $kills kills, $filled lives on a full disk, $episodes episodes of trouble"
echo "chaos: $(figure ok) ok, $(figure lost) lost, $(figure unexpected) unexpected, $(figure duplicated) duplicated," \
    "$(figure reordered) reordered, $(figure recovered) recovered; $logins scans for $accounts accounts"

wrong=()
case $verdict in *'"exact":true'*) ;; *) wrong+=("the file differs: $verdict") ;; esac
[ -n "$came" ] || wrong+=("$(lines wx.message.) of $queued messages within 180 s of peace")
[ "$logins" -eq "$accounts" ] || wrong+=("scans were asked for again")
[ "$violations" = '[]' ] || wrong+=("rules of the protocol were broken: $violations")
[ "$code" -eq 0 ] || wrong+=("exit code $code after SIGTERM")
if [ ${#wrong[@]} -gt 0 ]; then
    printf 'chaos: %s\n' "${wrong[@]}"
    echo "verdict: violated (seed $seed; everything is in $dir)"
    exit 1
fi
[ -z "$own_dir" ] || rm -rf "$dir"
echo "verdict: ok (seed $seed)"
