# shellcheck shell=bash disable=SC2034,SC2153
# What every part of ./dev uses: where things lie, what is told to the user, and process records. Sourced by ./dev.

STATE=$(realpath -m -- "${HOIAM_STATE_DIR:-$ROOT/.hoiam}")

# --- telling -----------------------------------------------------------------------------------------------------------

die() { # die WHAT [NEXT]: what went wrong, and what to do about it
  progress_break
  printf 'dev: %s\n' "$1" >&2
  if (($# > 1)); then printf '     %s\n' "$2" >&2; fi
  exit 1
}

# Numbered steps. On a terminal the line of the running step is rewritten in place.
STEPS=0 STEP=0 STEP_TITLE='' STEP_START=0 STEP_OPEN=0 STEP_SHOWN=-1

steps_total() { STEPS=$1 STEP=0; }

step_begin() { # step_begin TITLE
  STEP=$((STEP + 1)) STEP_TITLE=$1 STEP_START=$SECONDS STEP_SHOWN=-1
  if [[ -t 1 ]]; then
    printf '[%d/%d] %s …' "$STEP" "$STEPS" "$STEP_TITLE"
    STEP_OPEN=1
  else
    printf '[%d/%d] %s …\n' "$STEP" "$STEPS" "$STEP_TITLE"
  fi
}

step_progress() { # step_progress DONE TOTAL: every change on a terminal, every tenth otherwise
  local tenth=$((STEP_SHOWN))
  if [[ -t 1 ]]; then
    printf '\r\033[K[%d/%d] %s … %d/%d (%d s)' "$STEP" "$STEPS" "$STEP_TITLE" "$1" "$2" $((SECONDS - STEP_START))
    STEP_OPEN=1
  elif ((tenth = $1 * 10 / ($2 > 0 ? $2 : 1), tenth > STEP_SHOWN)); then
    STEP_SHOWN=$tenth
    printf '[%d/%d] %s … %d/%d (%d s)\n' "$STEP" "$STEPS" "$STEP_TITLE" "$1" "$2" $((SECONDS - STEP_START))
  fi
}

step_end() { # step_end [RESULT]
  if [[ -t 1 ]]; then printf '\r\033[K'; fi
  printf '[%d/%d] %s: %s (%d s)\n' "$STEP" "$STEPS" "$STEP_TITLE" "${1:-done}" $((SECONDS - STEP_START))
  STEP_OPEN=0
}

progress_break() { # ends a line that is being rewritten, before something else is printed
  if ((STEP_OPEN)); then printf '\n'; fi
  STEP_OPEN=0
}

# --- files -------------------------------------------------------------------------------------------------------------

make_state_dir() {
  mkdir -p -- "$STATE"/{log,run,mail} 2>/dev/null ||
    die "cannot write to $STATE" "Set HOIAM_STATE_DIR to a folder that is yours."
  chmod 700 -- "$STATE"
}

# Where sockets lie: under the state directory, or in the system's temporary folder when that path is too long for a socket.
socket_dir() {
  local dir=$STATE/run
  if ((${#dir} > 80)); then # the longest name in it is 20 characters; the limit is 107
    dir=${TMPDIR:-/tmp}/hoiam-$(printf %s "$STATE" | sha256sum | cut -c1-16)
    mkdir -m 700 -- "$dir" 2>/dev/null || true
    [[ -O $dir && ! -L $dir ]] || die "$dir belongs to somebody else" "Remove it, or set HOIAM_STATE_DIR to a shorter path."
  fi
  printf %s "$dir"
}

random_hex() { # random_hex BYTES
  od -An -v -tx1 -N "$1" /dev/urandom | tr -d ' \n'
}

shorter() { # a path as the user would type it from here
  printf %s "${1/#"$PWD"\//}"
}

# --- processes ---------------------------------------------------------------------------------------------------------
# A record is a file with a process id and the time that process was started, so that a reused id is never mistaken for it.

started_at() { # started_at PID: ticks since boot; fails when there is no such process
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  stat=${stat##*) }
  # shellcheck disable=SC2086  # its words are what is wanted
  set -- $stat
  [[ $1 != Z ]] || return 1
  printf %s "${20}"
}

record_process() { # record_process NAME PID
  local started
  started=$(started_at "$2") || return 0
  printf '%s %s\n' "$2" "$started" >"$STATE/run/$1.tmp.$$"
  mv -- "$STATE/run/$1.tmp.$$" "$STATE/run/$1"
}

recorded_process() { # recorded_process NAME: its id, when that very process still runs
  local pid started
  read -r pid started 2>/dev/null <"$STATE/run/$1" || return 1
  [[ $(started_at "$pid") == "$started" ]] || return 1
  printf %s "$pid"
}
