# shellcheck shell=bash disable=SC2034,SC2153
# ./dev build, test, bench. Sourced by ./dev.

PROGRAMS=(survey_service scoring_service loop_service gateway hoiam hoiam-migrate)

build_targets() { # build_targets PRESET [TARGET…]: inside of a step; shows how far it is
  local preset=$1 dir=$ROOT/build/$1 line numbers
  shift
  mkdir -p -- "$dir"
  if ! (cd -- "$ROOT" && cmake --preset "$preset") >"$dir/configure.log" 2>&1; then
    progress_break
    tail -n 30 -- "$dir/configure.log" >&2
    die "cmake could not configure the preset $preset" "The whole log is $(shorter "$dir/configure.log")."
  fi
  # NINJA_STATUS marks its own lines, so that everything else (warnings, errors) is passed on as it is.
  if ! NINJA_STATUS='@%f/%t@' ninja -C "$dir" "$@" 2>&1 | while IFS= read -r line; do
    if [[ $line =~ ^@([0-9]+)/([0-9]+)@ ]]; then
      step_progress "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
    elif [[ $line != 'ninja: Entering directory'* && $line != 'ninja: no work to do.' ]]; then
      progress_break
      printf '%s\n' "$line"
    fi
  done; then
    die "the build failed" "The compiler's messages are above."
  fi
}

build_preset() {
  local preset=${1:-release}
  steps_total 1
  step_begin "build $preset"
  build_targets "$preset"
  step_end
}

node_modules() { # node_modules FOLDER: the npm packages that its package-lock.json pins
  local dir=$ROOT/$1
  [[ -f $dir/package-lock.json ]] || return 0
  if [[ ! -e $dir/node_modules/.package-lock.json || $dir/package-lock.json -nt $dir/node_modules/.package-lock.json ]]; then
    (cd -- "$dir" && npm ci --no-audit --no-fund --loglevel=error) || die "npm ci failed in $1"
  fi
}

run_tests() {
  local preset='' label=() log targets=()
  while (($#)); do
    case $1 in
      --preset) preset=${2:?--preset needs a name} && shift 2 ;;
      -L) label=(-L "${2:?-L needs a label}") && shift 2 ;;
      *) die "./dev test does not know $1" "./dev test [--preset P] [-L LABEL]" ;;
    esac
  done
  if [[ ${label[*]} == '-L fuzz' ]]; then
    preset=${preset:-fuzz} targets=(hoiam_fuzz_targets)
  fi
  preset=${preset:-release}
  steps_total 4
  step_begin packages
  install_packages && install_node
  if ((${#targets[@]})); then install_fuzz; fi
  step_end
  step_begin "build $preset"
  build_targets "$preset" "${targets[@]}"
  step_end
  step_begin "npm packages"
  node_modules tests/e2e/node
  step_end
  step_begin "tests ${label[*]}"
  log=$ROOT/build/$preset/tests.log
  progress_break
  sanitizer_options
  if ! ctest --test-dir "$ROOT/build/$preset" --output-on-failure --no-tests=error "${label[@]}" | tee "$log"; then
    die "tests failed" "Again, one alone: ctest --test-dir build/$preset --output-on-failure -R NAME"
  fi
  # A test that is skipped proves nothing.
  if grep -qE '\*\*\*Skipped|\(Not Run\)|\*\*\*Not Run' "$log" ||
    grep -q '\[  SKIPPED \]' "$ROOT/build/$preset/Testing/Temporary/LastTest.log"; then
    die "a test was skipped" "Look for SKIPPED in build/$preset/Testing/Temporary/LastTest.log."
  fi
  step_end "all passed"
}

sanitizer_options() { # libraries that were not built with the sanitizer would drown our own reports
  export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1}
  export TSAN_OPTIONS=${TSAN_OPTIONS:-ignore_noninstrumented_modules=1:suppressions=$ROOT/cli/dev/tsan.supp}
}

run_bench() {
  steps_total 2
  step_begin packages
  install_packages
  step_end
  step_begin "build release"
  build_targets release "${PROGRAMS[@]}" hoiam_bench
  step_end
  HOIAM_SOURCE_DIR="$ROOT" exec "$ROOT/build/release/bin/hoiam_bench" "$@"
}
