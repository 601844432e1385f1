# shellcheck shell=bash disable=SC2034,SC2153
# ./dev up, down, db: a whole suite on one machine. Sourced by ./dev.
#
# Every process has a keeper (`./dev __keep`), in a session of its own: it starts the process, starts it again when it ends,
# and ends it when the keeper gets SIGTERM. Both are recorded in $STATE/run; `down` stops what is recorded and nothing else.

SERVICES=(survey_service scoring_service loop_service gateway) # stopped in the opposite order
HTTP_PORT=${HOIAM_HTTP_PORT:-8080}
GRPC_PORT=${HOIAM_GRPC_PORT:-9090}
SUITE_URL=http://127.0.0.1:$HTTP_PORT
DATABASE_USER=$(id -un)

# --- a process that is kept running ------------------------------------------------------------------------------------

keep_running() { # __keep NAME COMMAND…: until SIGTERM
  local name=$1 child='' stopping=0 began status pause=0.2
  shift
  trap 'stopping=1; [[ -z $child ]] || kill -TERM "$child" 2>/dev/null || true' TERM INT HUP
  while ((!stopping)); do
    began=$SECONDS status=0
    "$@" </dev/null &
    child=$!
    record_process "$name.process" "$child"
    if ((stopping)); then kill -TERM "$child" 2>/dev/null || true; fi
    wait "$child" || status=$?
    while kill -0 "$child" 2>/dev/null; do wait "$child" || status=$?; done # a signal interrupts wait
    child=''
    ((!stopping)) || break
    if ((SECONDS - began >= 30)); then pause=0.2; fi
    printf '{"time":"%s","level":"error","process":"%s","message":"ended with status %d; starts again in %s s"}\n' \
      "$(date -u +%FT%TZ)" "$name" "$status" "$pause"
    sleep "$pause" &
    wait $! || true
    case $pause in 0.2) pause=1 ;; 1) pause=2 ;; 2) pause=5 ;; *) pause=10 ;; esac
  done
  rm -f -- "$STATE/run/$name.process" "$STATE/run/$name.keeper"
}

STARTED=()  # what this ./dev started
KEPT_ENV=() # settings of the next process; not arguments of `env`, which anybody on the machine may read

start_kept() { # start_kept NAME COMMAND…
  (
    export HOIAM_STATE_DIR="$STATE" "${KEPT_ENV[@]}"
    exec setsid "$ROOT/dev" __keep "$@" 9>&-
  ) >>"$STATE/log/$1.log" 2>&1 </dev/null &
  record_process "$1.keeper" $!
  STARTED+=("$1")
}

stop_kept() { # stop_kept NAME SECONDS: politely, then not
  local name=$1 patience=$(($2 * 10)) pid
  if pid=$(recorded_process "$name.keeper"); then
    kill -TERM "$pid" 2>/dev/null || true
  elif pid=$(recorded_process "$name.process"); then # its keeper was killed
    kill -TERM "$pid" 2>/dev/null || true
  fi
  while recorded_process "$name.process" >/dev/null || recorded_process "$name.keeper" >/dev/null; do
    if ((patience-- <= 0)); then
      printf 'dev: %s does not stop; killing it\n' "$name" >&2
      if pid=$(recorded_process "$name.keeper"); then kill -KILL "$pid" 2>/dev/null || true; fi
      if pid=$(recorded_process "$name.process"); then kill -KILL "$pid" 2>/dev/null || true; fi
    fi
    sleep 0.1
  done
  rm -f -- "$STATE/run/$name.process" "$STATE/run/$name.keeper"
}

running_names() { # what of this suite runs, in the order it is stopped
  local i name
  for name in gateway loop_service scoring_service survey_service mariadb; do
    if recorded_process "$name.keeper" >/dev/null || recorded_process "$name.process" >/dev/null; then printf '%s\n' "$name"; fi
  done
}

stop_all() {
  local name
  for name in $(running_names); do
    printf 'stopping %s …\n' "$name"
    if [[ $name == mariadb ]]; then stop_kept "$name" 120; else stop_kept "$name" 30; fi
  done
}

log_tail() { # the end of a log, for a message about what went wrong
  printf -- '--- the end of %s\n' "$(shorter "$STATE/log/$1.log")" >&2
  tail -n 15 -- "$STATE/log/$1.log" >&2 2>/dev/null || true
}

# --- database ----------------------------------------------------------------------------------------------------------

sql() { # as the server's administrator, over its socket
  mariadb --no-defaults --socket="$SOCKETS/mysql.sock" -u "$DATABASE_USER" --batch --skip-column-names "$@"
}

start_database() {
  local as=() tries=0
  if ((EUID == 0)); then as=(--user=root); fi # it refuses to run as root unless told so
  # Temporary tables in a folder of its own: a server that starts deletes those of all servers that share one.
  mkdir -p -- "$STATE/mysql.tmp"
  as+=(--tmpdir="$STATE/mysql.tmp")
  if [[ ! -d $STATE/mysql ]]; then
    rm -rf -- "$STATE/mysql.new"
    if ! mariadb-install-db --no-defaults "${as[@]}" --datadir="$STATE/mysql.new" --skip-test-db --force \
      --auth-root-authentication-method=socket --auth-root-socket-user="$DATABASE_USER" >"$STATE/log/mariadb.log" 2>&1; then
      log_tail mariadb
      die "the database could not be made in $STATE/mysql" "Is the disk full, or the folder somebody else's?"
    fi
    mv -- "$STATE/mysql.new" "$STATE/mysql"
  fi
  [[ -O $STATE/mysql ]] || die "$STATE/mysql belongs to $(stat -c %U "$STATE/mysql")" \
    "Run ./dev as that user, or set HOIAM_STATE_DIR to another folder."
  start_kept mariadb mariadbd --no-defaults "${as[@]}" --datadir="$STATE/mysql" --socket="$SOCKETS/mysql.sock" \
    --pid-file="$STATE/run/mariadb.pid" --skip-networking --skip-name-resolve --character-set-server=utf8mb4 \
    --innodb-flush-log-at-trx-commit=1 --innodb-buffer-pool-size="${HOIAM_DB_MEMORY:-256M}" --max-connections=200 \
    --performance-schema=OFF
  until sql -e 'SELECT 1' >/dev/null 2>&1; do
    if ((tries++ > 600)) || { ((tries > 50)) && ! recorded_process mariadb.process >/dev/null; }; then
      log_tail mariadb
      die "the database does not start" "Its log is above. To begin anew, remove $(shorter "$STATE") (all its data is lost)."
    fi
    sleep 0.1
  done
  make_database_users
}

# Four users, each with rights on its own schema only, and one that may make the schemas.
make_database_users() {
  local user file=$STATE/database_users
  if [[ ! -f $file ]]; then
    for user in admin survey scoring loop gateway; do printf '%s=%s\n' "$user" "$(random_hex 24)"; done >"$file.new"
    mv -- "$file.new" "$file"
  fi
  while IFS='=' read -r user password; do
    local on=$user
    if [[ $user == admin ]]; then on=%; fi
    printf "CREATE OR REPLACE USER 'hoiam_%s'@'localhost' IDENTIFIED BY '%s';\n" "$user" "$password"
    printf "GRANT ALL PRIVILEGES ON \`hoiam\\\\_%s\`.* TO 'hoiam_%s'@'localhost';\n" "$on" "$user"
  done <"$file" | sql
}

database_url() { # database_url USER: of the given server, or of the private one
  local password
  if [[ -n ${HOIAM_DB_URL:-} ]]; then
    printf %s "$HOIAM_DB_URL"
  else
    password=$(sed -n "s/^$1=//p" "$STATE/database_users")
    printf 'mysql://hoiam_%s:%s@/hoiam?socket=%s' "$1" "$password" "$SOCKETS/mysql.sock"
  fi
}

migrate() {
  local log=$STATE/log/migrate.log
  if ! HOIAM_DB_URL=$(database_url admin) HOIAM_PARTITIONS=${HOIAM_PARTITIONS:-1} \
    "$BIN/hoiam-migrate" --bootstrap-tenant demo --key-file "$STATE/api_key" \
    --operator-key-file "$STATE/operator_key" >"$log" 2>&1; then
    log_tail migrate
    die "the tables could not be made" "The reason is above."
  fi
  step_end "$(grep -c '^applied ' "$log" || true) migrations applied"
}

open_database() {
  SOCKETS=$(socket_dir)
  [[ -z ${HOIAM_DB_URL:-} ]] || die "HOIAM_DB_URL names a server of your own" "./dev db opens the private one only."
  recorded_process mariadb.process >/dev/null || die "the private database is not running" "./dev up starts it."
  exec mariadb --no-defaults --default-character-set=utf8mb4 --socket="$SOCKETS/mysql.sock" -u "$DATABASE_USER" "$@"
}

# --- services ----------------------------------------------------------------------------------------------------------

start_service() { # start_service PROGRAM
  local name=${1%_service}
  KEPT_ENV=(
    HOIAM_LISTEN="unix:$SOCKETS/$name.sock" HOIAM_OPS_LISTEN="unix:$SOCKETS/$name.ops.sock"
    HOIAM_DB_URL="$(database_url "$name")" HOIAM_PARTITIONS="${HOIAM_PARTITIONS:-1}"
    HOIAM_SURVEY_ADDR="unix:$SOCKETS/survey.sock" HOIAM_SCORING_ADDR="unix:$SOCKETS/scoring.sock"
    HOIAM_LOOP_ADDR="unix:$SOCKETS/loop.sock" HOIAM_GATEWAY_ADDR="unix:$SOCKETS/gateway.sock"
    HOIAM_PUBLIC_URL="${HOIAM_PUBLIC_URL:-$SUITE_URL}" HOIAM_LINK_KEY_FILE="$STATE/link_key"
    HOIAM_WEBHOOK_KEY_FILE="$STATE/webhook_key" HOIAM_WEBHOOK_ALLOW="${HOIAM_WEBHOOK_ALLOW:-}"
    HOIAM_REPORTING_ZONE="${HOIAM_REPORTING_ZONE:-Asia/Ho_Chi_Minh}"
    HOIAM_HTTP_PORT="$HTTP_PORT" HOIAM_GRPC_PORT="$GRPC_PORT"
  )
  start_kept "$1" "$BIN/$1"
}

is_ready() { # is_ready PROGRAM: asks its operations socket
  curl -fsS -o /dev/null --max-time 2 --unix-socket "$SOCKETS/${1%_service}.ops.sock" http://ops/readyz 2>/dev/null
}

wait_until_ready() {
  local tries name
  for ((tries = 0; tries < 300; ++tries)); do
    if curl -fsS -o /dev/null --max-time 2 "$SUITE_URL/readyz" 2>/dev/null; then return; fi
    sleep 0.2
  done
  for name in "${SERVICES[@]}"; do
    is_ready "$name" || log_tail "$name"
  done
  die "the suite does not become ready" "The logs above say why; all of them are in $(shorter "$STATE/log")."
}

load_sample() {
  if [[ ${HOIAM_SAMPLE:-1} == 0 ]]; then step_end "left out (HOIAM_SAMPLE=0)"; return; fi
  if [[ -e $STATE/sample_loaded ]]; then step_end "there already"; return; fi
  progress_break
  HOIAM_URL=$SUITE_URL HOIAM_STATE_DIR=$STATE "$BIN/hoiam" demo ||
    die "the sample data could not be loaded" "Run ./dev up again: it goes on where it stopped. HOIAM_SAMPLE=0 starts empty."
  touch -- "$STATE/sample_loaded"
  step_end
}

port_is_free() {
  ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# --- up and down -------------------------------------------------------------------------------------------------------

suite_up() {
  local detach=0 name
  case ${1:-} in '') ;; --detach) detach=1 ;; *) die "./dev up does not know $1" "./dev up [--detach]" ;; esac
  umask 077
  make_state_dir
  exec 9>"$STATE/run/lock"
  flock -n 9 || die "another ./dev up is starting this suite" "Wait for it, or set HOIAM_STATE_DIR for a second suite."
  if [[ -n $(running_names) ]]; then
    printf 'This suite is running already. ./dev down stops it; HOIAM_STATE_DIR and the ports make a second one.\n'
    HTTP_PORT=$(sed 's/.*://' "$STATE/url" 2>/dev/null || printf %s "$HTTP_PORT")
    SUITE_URL=http://127.0.0.1:$HTTP_PORT BIN=${HOIAM_BIN_DIR:-$ROOT/build/release/bin}
    where_to_look
    return
  fi
  for name in "$HTTP_PORT" "$GRPC_PORT"; do
    port_is_free "$name" || die "port $name is taken" "Set HOIAM_HTTP_PORT and HOIAM_GRPC_PORT to free ones."
  done

  steps_total 7
  step_begin packages
  if [[ -z ${HOIAM_BIN_DIR:-} ]]; then install_packages; fi
  step_end
  step_begin build
  BIN=${HOIAM_BIN_DIR:-$ROOT/build/release/bin}
  if [[ -z ${HOIAM_BIN_DIR:-} ]]; then build_targets release "${PROGRAMS[@]}"; fi
  step_end

  trap 'leave_up $?' EXIT
  trap 'exit 130' INT TERM HUP
  SOCKETS=$(socket_dir)
  printf '%s\n' "$SUITE_URL" >"$STATE/url"
  for name in link_key webhook_key; do
    if [[ ! -s $STATE/$name ]]; then random_hex 32 >"$STATE/$name.new" && mv -- "$STATE/$name.new" "$STATE/$name"; fi
  done

  step_begin database
  if [[ -n ${HOIAM_DB_URL:-} ]]; then
    step_end "given by HOIAM_DB_URL"
  else
    start_database
    step_end
  fi
  step_begin tables
  migrate
  step_begin services
  for name in "${SERVICES[@]}"; do start_service "$name"; done
  step_end
  step_begin "waiting for $SUITE_URL/readyz"
  wait_until_ready
  step_end ready
  step_begin "sample data"
  load_sample
  where_to_look

  if ((detach)); then
    trap - EXIT
    return
  fi
  printf '\nCtrl-C stops the suite.\n'
  exec 9>&-
  while recorded_process gateway.keeper >/dev/null; do
    sleep 1 &
    wait $! || true
  done
}

leave_up() { # what was begun is ended, whatever happened
  trap '' INT TERM HUP
  progress_break
  if ((${#STARTED[@]})); then stop_all; fi
  exit "$1"
}

suite_down() {
  if [[ -z $(running_names) ]]; then
    printf 'Nothing of this suite runs (%s).\n' "$(shorter "$STATE")"
    return
  fi
  stop_all
}

where_to_look() {
  local hoiam link auth
  hoiam=$(shorter "$BIN/hoiam")
  auth="Authorization: Bearer \$(cat $(shorter "$STATE/api_key"))"
  if [[ $STATE != "$PWD/.hoiam" ]]; then hoiam="HOIAM_STATE_DIR=$STATE $hoiam"; fi
  cat <<TEXT

Hoiam is running.
  address   $SUITE_URL    gRPC 127.0.0.1:$GRPC_PORT
  API key   $(shorter "$STATE/api_key")
  logs      $(shorter "$STATE/log")

Three commands to try:
  curl -s -H "$auth" '$SUITE_URL/v1/scores?metric=NPS'
  $hoiam scores --metric NPS --by touchpoint
TEXT
  link=$(HOIAM_STATE_DIR=$STATE HOIAM_URL=$SUITE_URL "$BIN/hoiam" demo --link 2>/dev/null || true)
  if [[ -n $link ]]; then
    printf '  %s %s    # a survey, as a customer sees it\n' "$(command -v xdg-open >/dev/null && printf xdg-open || printf curl)" "$link"
  else
    printf '  %s cases\n' "$hoiam"
  fi
}
