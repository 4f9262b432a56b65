#!/bin/bash
# Brings a machine to where Songreel runs and its tests pass: system packages (Debian, Ubuntu), .venv, locked Python packages.
# Does only what is missing, so it can be run before anything else, each time. PYTHON names the interpreter (default python3).
# With --tests it brings PostgreSQL as well, which nothing but tests needs on a machine of one's own.
set -euo pipefail
[ $# -eq 0 ] || [ "$*" = --tests ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
cd "$(dirname "$0")/.."

PYTHON=${PYTHON:-python3}
VENV=.venv
STAMP=$VENV/.songreel-setup
PACKAGES=(libegl1 libgl1 libgl1-mesa-dri libfribidi0 fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji)
# As tests/postgres.py finds it, whoever installed it.
[ $# -eq 0 ] || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || PACKAGES+=(postgresql)

say() { printf 'setup: %s\n' "$*" >&2; }

missing_packages() {
  local name
  for name in "${PACKAGES[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null || true)" = installed ] || echo "$name"
  done
}

install_system_packages() {
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    [ -e "$STAMP" ] || say "not Debian or Ubuntu: install Mesa's EGL and llvmpipe, FriBiDi and the Noto fonts with your package manager," \
      "then see '$VENV/bin/songreel doctor' for what is still missing."
    return 0
  fi
  local missing
  mapfile -t missing < <(missing_packages)
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ]; then
    say "system packages are missing; install them with"
    say "  sudo apt-get install --no-install-recommends -y ${missing[*]}"
    return 0
  fi
  say "installing system packages: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1
  have_no_database_started
  apt-get update -qq >/dev/null || say "the package lists could not be refreshed; going on with those at hand."
  apt-get install --no-install-recommends -y -qq "${missing[@]}" >/dev/null ||
    say "that failed; run it by hand: apt-get update && apt-get install --no-install-recommends -y ${missing[*]}"
}

# Tests start servers of their own: Debian's package is told to make none, where nobody has decided about that.
have_no_database_started() {
  local told=/etc/postgresql-common/createcluster.conf
  [[ " ${PACKAGES[*]} " == *' postgresql '* && ! -e $told ]] || return 0
  mkdir -p "${told%/*}" && echo 'create_main_cluster = false' >"$told"
}

wanted() { cat pyproject.toml requirements/dev.txt requirements/uv.txt tools/setup.sh | sha256sum | cut -d' ' -f1; }

make_environment() {
  "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    { say "Python 3.11 or newer is needed; name it with PYTHON=/path/to/python3.11"; exit 1; }
  # Without ensurepip: Debian ships it apart from Python, and the system's pip can install into the new environment.
  [ -x "$VENV/bin/python" ] || "$PYTHON" -m venv --without-pip "$VENV"
}

install_python_packages() {
  say "installing the locked Python packages into $VENV"
  if { [ -x "$VENV/bin/uv" ] || host_pip -r requirements/uv.txt; } &&
    VIRTUAL_ENV=$VENV "$VENV/bin/uv" pip sync -q --require-hashes requirements/dev.txt; then
    VIRTUAL_ENV=$VENV "$VENV/bin/uv" pip install -q --no-deps --no-build-isolation --editable .
  else
    say "uv could not be used; installing the same locked packages with pip, which is slower."
    host_pip -r requirements/dev.txt
    "$PYTHON" -m pip --python "$VENV/bin/python" install -q --no-deps --no-build-isolation --editable .
  fi
}

host_pip() { "$PYTHON" -m pip --python "$VENV/bin/python" install -q --require-hashes "$@"; }

install_system_packages
if [ "$(cat "$STAMP" 2>/dev/null || true)" != "$(wanted)" ]; then
  make_environment
  install_python_packages
  wanted >"$STAMP"
fi
