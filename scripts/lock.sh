#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Renews requirements.lock: every extra, every platform, every Python from 3.11 on,
# with hashes and no index address. Arguments go to uv (--upgrade, --upgrade-package NAME).
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
  --custom-compile-command scripts/lock.sh --quiet --output-file requirements.lock "$@"
