#!/usr/bin/env bash
# What ./dev promises, without building or installing anything: each function below is the sentence it proves.
set -euo pipefail

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../../.." && pwd)
WORK=$(mktemp -d)
trap 'rm -rf -- "$WORK"' EXIT
export HOIAM_STATE_DIR=$WORK/state
for part in common packages suite; do
  # shellcheck source=/dev/null
  source "$ROOT/cli/dev/$part.sh"
done

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

has_lines() { (($(wc -l <"$2") == $1)); } # has_lines N FILE

eventually() { # eventually COMMAND…: within ten seconds
  local tries
  for ((tries = 0; tries < 100; ++tries)); do
    if "$@"; then return; fi
    sleep 0.1
  done
  fail "never: $*"
}

a_process_is_known_by_its_start_time_so_a_reused_id_is_never_mistaken_for_it() {
  make_state_dir
  record_process me $$
  [[ $(recorded_process me) == "$$" ]] || fail "a running process was not found"
  printf '%s %s\n' $$ 12345 >"$STATE/run/me"
  if recorded_process me; then fail "another process was taken for it"; fi
  rm -- "$STATE/run/me"
  if recorded_process me; then fail "found without a record"; fi
}

a_process_that_dies_is_started_again_and_down_stops_it_for_good() {
  # shellcheck disable=SC2016  # expands in the process
  start_kept mariadb bash -c 'echo $$ >>"$1"; exec sleep 300' - "$WORK/ids"
  eventually test -s "$WORK/ids"
  eventually recorded_process mariadb.process >/dev/null
  kill -KILL "$(recorded_process mariadb.process)"
  eventually has_lines 2 "$WORK/ids"
  eventually recorded_process mariadb.process >/dev/null
  local second
  second=$(recorded_process mariadb.process)
  "$ROOT/dev" down >/dev/null
  if started_at "$second"; then fail "it still runs"; fi
  if [[ -n $(running_names) ]]; then fail "a record is left"; fi
  sleep 0.5
  has_lines 2 "$WORK/ids" || fail "it was started again after down"
}

down_stops_a_process_whose_keeper_was_killed() {
  start_kept mariadb sleep 300
  eventually recorded_process mariadb.process >/dev/null
  local process
  process=$(recorded_process mariadb.process)
  kill -KILL "$(recorded_process mariadb.keeper)"
  "$ROOT/dev" down >/dev/null
  if started_at "$process"; then fail "it still runs"; fi
}

a_path_too_long_for_a_socket_falls_back_to_the_temporary_folder() {
  local STATE short long
  STATE=$WORK/s short=$(socket_dir)
  [[ $short == "$WORK/s/run" ]] || fail "a short path was not used: $short"
  STATE=$WORK/$(printf 'x%.0s' {1..90})
  long=$(TMPDIR=$WORK socket_dir)
  ((${#long} + 20 < 107)) || fail "still too long: $long"
  [[ $(stat -c %a "$long") == 700 ]] || fail "others may look into it"
}

what_is_misspelt_is_refused_with_the_usage() {
  local status=0
  "$ROOT/dev" biuld >/dev/null 2>"$WORK/out" || status=$?
  grep -q 'no such command: biuld' "$WORK/out" || fail "not told"
  ((status == 1)) || fail "accepted"
  if "$ROOT/dev" up --detached >/dev/null 2>&1; then fail "accepted an unknown option"; fi
}

a_taken_port_is_told_before_anything_is_started() {
  local port server
  python3 -u -c 'import socket,time; s=socket.create_server(("127.0.0.1",0)); print(s.getsockname()[1]); time.sleep(60)' >"$WORK/port" &
  server=$!
  eventually test -s "$WORK/port"
  port=$(<"$WORK/port")
  if HOIAM_HTTP_PORT=$port HOIAM_BIN_DIR=$WORK "$ROOT/dev" up --detach 2>"$WORK/out" >/dev/null; then fail "started"; fi
  kill "$server"
  grep -q "port $port is taken" "$WORK/out" || fail "told something else: $(<"$WORK/out")"
  if [[ -n $(running_names) ]]; then fail "something was started"; fi
}

a_wrong_include_is_found() {
  mkdir -p "$WORK/survey_service/domain" "$WORK/platform/base"
  printf '#include "survey_service/limits.h"\n#include "platform/db/session.h"\n' >"$WORK/survey_service/domain/a.h"
  printf '#include "loop_service/errors.h"\n' >"$WORK/platform/base/b.h"
  cd -- "$WORK"
  if printf 'survey_service/domain/a.h\nplatform/base/b.h\n' | python3 "$ROOT/cli/dev/check_layers.py" >"$WORK/out"; then fail "found nothing"; fi
  [[ $(cut -d: -f1,2 "$WORK/out" | tr '\n' ' ') == "survey_service/domain/a.h:2 platform/base/b.h:1 " ]] || fail "$(<"$WORK/out")"
}

a_way_to_the_database_past_a_tenant_is_found() {
  mkdir -p "$WORK/survey_service/app"
  printf 'auto a = db::TenantDb::Open(pool, tenant, end);\n// not SystemDb\nauto b = db::SystemDb::Open(pool, end);\nauto c = deps.pool.Open();\nHeads(*db.system());\n' >"$WORK/survey_service/app/a.cc"
  cp "$WORK/survey_service/app/a.cc" "$WORK/survey_service/app/token.cc"
  cd -- "$WORK"
  if printf 'survey_service/app/a.cc\nsurvey_service/app/token.cc\n' | python3 "$ROOT/cli/dev/check_layers.py" >"$WORK/out"; then fail "found nothing"; fi
  [[ $(cut -d: -f1,2 "$WORK/out" | tr '\n' ' ') == "survey_service/app/a.cc:3 survey_service/app/a.cc:4 survey_service/app/a.cc:5 " ]] || fail "$(<"$WORK/out")"
}

a_proto_without_a_comment_is_found() {
  printf '// A.\nmessage A {\n  // Id.\n  string id = 1;\n  string name = 2;\n  repeated int32 n = 3;  // late\n}\n' >"$WORK/a.proto"
  if python3 "$ROOT/cli/dev/check_protos.py" comments "$WORK/a.proto" >"$WORK/out"; then fail "found nothing"; fi
  [[ $(sed 's/.*: //' "$WORK/out" | tr '\n' ' ') == "name has no comment n has no comment " ]] || fail "$(<"$WORK/out")"
}

describe() { # describe [NAME NUMBER TYPE]…: a descriptor set as protoc --decode prints it
  printf 'file {\n  package: "hoiam.x.v1"\n  message_type {\n    name: "A"\n'
  printf '    field {\n      name: "%s"\n      number: %s\n      type: %s\n    }\n' "$@"
  printf '  }\n}\n'
}

a_field_taken_away_or_changed_is_found_and_a_new_one_is_fine() {
  describe id 1 TYPE_STRING n 2 TYPE_INT32 gone 3 TYPE_BOOL >"$WORK/old"
  describe id 1 TYPE_STRING n 2 TYPE_INT64 new 4 TYPE_BOOL >"$WORK/new"
  if python3 "$ROOT/cli/dev/check_protos.py" breaks "$WORK/old" "$WORK/new" >"$WORK/out"; then fail "found nothing"; fi
  has_lines 2 "$WORK/out" || fail "$(<"$WORK/out")"
  describe id 1 TYPE_STRING n 2 TYPE_INT32 gone 3 TYPE_BOOL new 4 TYPE_BOOL >"$WORK/new"
  python3 "$ROOT/cli/dev/check_protos.py" breaks "$WORK/old" "$WORK/new" || fail "a new field is no break"
}

mapfile -t tests < <(sed -n 's/^\([a-z]*_[a-z_0-9]*_[a-z_0-9]*\)() {$/\1/p' "${BASH_SOURCE[0]}")
for test in "${tests[@]}"; do
  printf '%s\n' "$test"
  ("$test")
done
