# shellcheck shell=bash
# Finds out what this machine lacks for a task, and installs it. Sourced by the commands beside it.

build_packages=(
  maven cmake ninja-build g++ ccache
  libgrpc++-dev libgrpc-dev protobuf-compiler protobuf-compiler-grpc libprotobuf-dev libabsl-dev libre2-dev
  libc-ares-dev zlib1g-dev libssl-dev libxxhash-dev libgtest-dev
)
run_packages=(curl util-linux)
test_packages=(clang-format shellcheck)

say() { printf '%s\n' "$*"; }
fail() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# Before anything is made that would have to be taken away again.
require_docker() {
  docker info >/dev/null 2>&1 || fail "no Docker engine answers"
  docker compose version >/dev/null 2>&1 || fail "the Docker engine here has no Compose v2"
}

require_cluster() {
  command -v kubectl >/dev/null || fail "kubectl is missing"
  kubectl version --request-timeout=10s >/dev/null 2>&1 || fail "no cluster answers: see kubectl config current-context"
}

# Prints the home of a JDK 17 or newer, the one in use first.
find_jdk() {
  local home version used
  used=$(readlink -f "$(command -v javac || true)")
  for home in "${JAVA_HOME:-}" "${used%/bin/javac}" /usr/lib/jvm/*; do
    [[ -n $home && -x $home/bin/javac ]] || continue
    # Its other lines, on JAVA_TOOL_OPTIONS and the like, are of no interest.
    version=$("$home/bin/javac" -version 2>&1 | sed -n 's/^javac //p')
    if (( ${version%%.*} >= 17 )); then
      say "$home"
      return
    fi
  done
  return 1
}

is_installed() {
  [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

require_packages_to_run() { require_packages "${build_packages[@]}" "${run_packages[@]}"; }
require_packages_to_test() { require_packages "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}"; }

# Makes sure that the packages named are there, with a JDK and nginx, and exports JAVA_HOME.
require_packages() {
  command -v dpkg-query >/dev/null ||
    fail "this machine has no Debian packages: install a JDK 17, nginx, and the like of: $*"
  local package
  local -a missing=()
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  find_jdk >/dev/null || missing+=(openjdk-17-jdk-headless)
  [[ -x /usr/sbin/nginx ]] || missing+=(nginx-light)
  (( ${#missing[@]} == 0 )) || install_packages "${missing[@]}"
  JAVA_HOME=$(find_jdk) || fail "no JDK 17 or newer: apt-get install openjdk-17-jdk-headless"
  export JAVA_HOME
}

# Whether sudo can be asked: it needs no password, or there is a terminal to type one at.
may_use_sudo() {
  command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }
}

install_packages() {
  local -a as_root=()
  if (( EUID != 0 )); then
    may_use_sudo ||
      fail "packages are missing: as root, run: apt-get update && apt-get install -y --no-install-recommends $*"
    as_root=(sudo)
  fi
  say "Installing: $*"
  "${as_root[@]}" bash -euo pipefail -c "$(declare -f install_as_root); install_as_root \"\$@\"" -- "$@" ||
    fail "the installation failed: run: apt-get update && apt-get install -y --no-install-recommends $*"
}

# Debian starts a service when its package is installed. A policy that says no for the time being keeps the system's own
# nginx off port 80, now and at the next boot.
install_as_root() {
  local policy=/usr/sbin/policy-rc.d
  export DEBIAN_FRONTEND=noninteractive
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  fi
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null
  if [[ " $* " == *" nginx-light "* && -d /run/systemd/system ]]; then
    systemctl disable --quiet nginx
  fi
}
