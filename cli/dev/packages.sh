# shellcheck shell=bash disable=SC2034,SC2153
# ./dev setup: Debian packages. Sourced by ./dev.

missing_packages() {
  local name
  sed 's/#.*//' "$ROOT/packages.txt" | while read -r name; do
    [[ -z $name || $(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || printf '%s\n' "$name"
  done
}

apt_install() { # apt_install PACKAGE…
  local root=()
  command -v apt-get >/dev/null || die "this system has no apt-get" "Hoiam is built on Debian 12; install by hand: $*"
  if ((EUID != 0)); then
    command -v sudo >/dev/null || die "packages are missing and sudo is not there" \
      "As root: apt-get install -y --no-install-recommends --no-remove $*"
    root=(sudo)
  fi
  printf 'installing: %s\n' "$*"
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends --no-remove "$@" ||
    die "apt-get could not install the packages" "Look at its message above; ./dev setup goes on where it stopped."
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages)
  if ((${#missing[@]})); then apt_install "${missing[@]}"; fi
}

install_node() { # only where it is missing: a machine may have a newer one from elsewhere
  local missing=()
  command -v node >/dev/null || missing+=(nodejs)
  command -v npm >/dev/null || missing+=(npm)
  if ((${#missing[@]})); then apt_install "${missing[@]}"; fi
}

install_fuzz() { # only for `./dev test -L fuzz`: libFuzzer is clang's
  local missing=()
  command -v clang++ >/dev/null || missing+=(clang)
  [[ -n $(find /usr/lib/llvm-*/lib/clang -name 'libclang_rt.fuzzer-*.a' 2>/dev/null) ]] || missing+=(libclang-rt-dev)
  if ((${#missing[@]})); then apt_install "${missing[@]}"; fi
}
