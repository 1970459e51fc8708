#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every check, then the tests: all of them, or those without chain and IPFS (`quick`).
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin

# Where nothing compiled may be written, every start of Python would compile a thousand modules
# anew, the tests themselves among them: then it is kept in a folder of our own.
if [ -n "${PYTHONDONTWRITEBYTECODE:-}" ]; then
  export PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX="$PWD/.venv/pycache"
fi

echo "== format" >&2
"$bin/ruff" format --check --quiet .
echo "== lint" >&2
"$bin/ruff" check --quiet .
echo "== types" >&2
"$bin/mypy"
echo "== tests" >&2
if [ "${1:-}" = quick ]; then
  exec "$bin/pytest" -q -n 2 -m "not stack"
fi
exec "$bin/pytest" -q -n 2 --dist loadgroup --cov --cov-report=term
