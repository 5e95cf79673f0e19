# shellcheck shell=bash
# What every script stands on: where the repository is, how to say something, how to stop with one sentence.
# Sourced, never run. Works with the bash 3.2 of macOS.

set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$ROOT"
PYTHON_IN_VENV="$ROOT/.venv/bin/python"
LOGS="$ROOT/build/logs"

say() { printf '%s\n' "$*"; }
step() { printf '  %-46s %s\n' "$1" "$2"; }

# fail SENTENCE: what is wrong and what to do about it, on one line, and stop.
fail() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

elapsed() { printf '%s s' "$((SECONDS - $1))"; }
in_ci() { [ "${CI:-}" = "true" ] || [ "${CI:-}" = "1" ]; }

# May this run install Debian packages without asking anybody?
may_install_packages() { [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; }

# install_package NAME: from Debian; true when it is there afterwards. The log keeps what apt said.
install_package() {
  mkdir -p "$LOGS"
  local started=$SECONDS
  if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1"; } \
      >"$LOGS/apt-$1.log" 2>&1 </dev/null; then
    step "Debian package $1" "could not be installed: see build/logs/apt-$1.log"
    return 1
  fi
  step "Debian package $1" "installed ($(elapsed "$started"))"
}
