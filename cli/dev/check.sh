# shellcheck shell=bash
# ./dev check: what can be said about the sources; all it builds is the OpenAPI document. Sourced by ./dev.

CHECK=$ROOT/cli/dev
GOOGLEAPIS=/usr/share/gocode/src/github.com/grpc-ecosystem/grpc-gateway/third_party/googleapis

sources() { # sources PATTERN…: files of the project, also those not committed yet
  git -C "$ROOT" ls-files --cached --others --exclude-standard -- "$@" | sort -u | while IFS= read -r file; do
    if [[ -f $ROOT/$file ]]; then printf '%s\n' "$file"; fi
  done
}

check_all() {
  local fix=0 failed=()
  case ${1:-} in '') ;; --fix) fix=1 ;; *) die "./dev check does not know $1" "./dev check [--fix]" ;; esac
  cd -- "$ROOT" || die "cannot enter $ROOT"
  steps_total 9
  check_step format check_format "$fix"
  check_step "layers (who may include whom)" check_layers
  check_step "proto comments" check_proto_comments
  check_step "proto breaks" check_proto_breaks
  check_step words check_words
  check_step "OpenAPI document" check_openapi
  check_step "docs/errors.md" check_page docs/errors.md errors_doc.py "$fix"
  check_step "docs/cases.md" check_page docs/cases.md case_table_doc.py "$fix"
  check_step "shell scripts" check_shell
  if ((${#failed[@]})); then die "not clean: ${failed[*]}" "./dev check --fix mends the format, docs/errors.md and docs/cases.md; the rest is told above."; fi
}

check_step() { # check_step TITLE FUNCTION [ARGUMENT…]
  local title=$1 output
  step_begin "$title"
  if output=$("${@:2}" 2>&1); then
    step_end "${output:-clean}"
  else
    progress_break
    printf '%s\n' "$output"
    failed+=("$title")
  fi
}

check_format() { # check_format FIX
  if (($1)); then
    sources '*.cc' '*.h' | xargs -r -P "$(nproc)" -n 16 clang-format -i
  else
    sources '*.cc' '*.h' | xargs -r -P "$(nproc)" -n 16 clang-format --dry-run -Werror 2>&1 |
      sed -n 's/:[0-9]*: error: code should be clang-formatted.*/: not as clang-format writes it/p' | sort -u
    return "${PIPESTATUS[1]}"
  fi
}

check_layers() { sources '*.cc' '*.h' | python3 "$CHECK/check_layers.py"; }

check_proto_comments() { sources 'protos/hoiam/*.proto' | xargs -r python3 "$CHECK/check_protos.py" comments; }

describe_protos() { # describe_protos FOLDER OUT: every message and method as text
  (cd -- "$1" && find hoiam -name '*.proto' -print0 | sort -z |
    xargs -0 protoc -I. -I"$GOOGLEAPIS" --include_imports --descriptor_set_out=/dev/stdout) |
    protoc --decode=google.protobuf.FileDescriptorSet -I/usr/include google/protobuf/descriptor.proto >"$2"
}

# What the last release promised must still hold: no field, value or rpc is taken away or changed.
check_proto_breaks() {
  local tag work status=0
  tag=$(git describe --tags --abbrev=0 2>/dev/null) || {
    printf 'no release to compare with yet'
    return
  }
  work=$(mktemp -d)
  git archive "$tag" protos | tar -x -C "$work"
  describe_protos "$work/protos" "$work/old.txt" && describe_protos "$ROOT/protos" "$work/new.txt" &&
    python3 "$CHECK/check_protos.py" breaks "$work/old.txt" "$work/new.txt" || status=1
  rm -rf -- "$work"
  return "$status"
}

forbid() { # forbid WHY PATTERN PATH…
  local why=$1 pattern=$2 found
  shift 2
  if found=$(git grep --untracked -nE -e "$pattern" -- "$@" ':!cli/dev/check.sh'); then
    printf '%s\n%s\n' "$why" "$found"
    return 1
  fi
}

check_words() {
  local status=0
  forbid 'Connector/C++ swallows the errors of these; use execute("COMMIT") and friends:' \
    '(->|\.)(commit|rollback|setAutoCommit)\(' '*.cc' '*.h' ':!gateway' || status=1
  forbid 'Work that is not done:' '\b(TODO|FIXME)\b|[#/] *XXX\b|GTEST_SKIP|DISABLED_' \
    '*.cc' '*.h' '*.ts' '*.proto' '*.py' '*.sh' dev .ci || status=1
  forbid 'Paths of one machine:' "$(printf '%s' "$ROOT/" | sed 's/[.[\*^$]/\\&/g')|/(home|root|Users)/" . || status=1
  forbid 'Time is asked for in one place only, platform/base/clock.cc:' '^[^/]*absl::Now\(' \
    '*.cc' '*.h' ':!platform/base/clock.cc' ':!tests' ':!bench' || status=1
  return "$status"
}

check_openapi() { # as the sources make it, by a linter that is not ours
  local build=$ROOT/build/release document=gateway/openapi.json
  mkdir -p -- "$build"
  { cmake --preset release && ninja -C "$build" "$document" && node_modules cli/dev/openapi; } >"$build/openapi.log" 2>&1 || {
    tail -n 30 -- "$build/openapi.log"
    return 1
  }
  REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true "$CHECK/openapi/node_modules/.bin/redocly" lint \
    --config "$CHECK/openapi/redocly.yaml" --format stylish "$build/$document" >"$build/openapi.log" 2>&1 || {
    cat -- "$build/openapi.log"
    return 1
  }
}

# A page that is made from the sources says what they say. (errors_doc.py also finds reasons that are in no catalogue.)
check_page() { # check_page PAGE SCRIPT FIX
  local page status=0
  page=$(mktemp)
  if ! python3 "$CHECK/$2" >"$page"; then
    status=1
  elif (($3)); then
    cat -- "$page" >"$1"
  elif ! diff -u "$1" "$page"; then
    printf '%s\n' "$1 is not what the sources say: ./dev check --fix"
    status=1
  fi
  rm -f -- "$page"
  return "$status"
}

check_shell() {
  local scripts
  mapfile -t scripts < <(sources '*.sh' dev .ci/run)
  shellcheck -x "${scripts[@]}"
}
