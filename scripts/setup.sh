#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Chooses the Python that serves and hands over to scripts/setup.py.
# PYTHON=... names another; arguments go on to setup.py.
set -eu
cd "$(dirname "$0")/.."

serves() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
can_make_venv() { "$1" -c 'import venv, ensurepip' >/dev/null 2>&1; }

if [ -n "${PYTHON:-}" ]; then
  chosen=$PYTHON
  if ! serves "$chosen"; then
    echo "PYTHON=$PYTHON is no Python 3.11 or newer that runs. Unset PYTHON or correct it." >&2
    exit 1
  fi
else
  chosen=
  incomplete=
  for candidate in python3.13 python3.12 python3.11 python3; do
    serves "$candidate" || continue
    if can_make_venv "$candidate"; then chosen=$candidate; break; fi
    incomplete=${incomplete:-$candidate}
  done
  chosen=${chosen:-$incomplete}
  if [ -z "$chosen" ]; then
    echo "Filiera needs Python 3.11 or newer, and found none." >&2
    echo "On Debian or Ubuntu it is in the packages python3 and python3-venv;" >&2
    echo "or name one that is elsewhere: make PYTHON=/path/to/python3" >&2
    exit 1
  fi
fi

if ! can_make_venv "$chosen"; then
  version=$("$chosen" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  echo "$chosen lacks the modules venv or ensurepip." >&2
  echo "On Debian or Ubuntu they are in the package python$version-venv (or python3-venv)." >&2
  exit 1
fi

exec "$chosen" scripts/setup.py "$@"
