#!/usr/bin/env bash
# The one rule for heavy suites: prints `full` or `short`, and on standard error why.
#
#   form=$(bash scripts/ci/full-or-short.sh PATH...)
#
# PATHs are everything that the suite depends on. `short` only when none of them differs from the last commit on
# origin/main, in commits or in the work tree; `full` when that cannot be told, or with CI_FULL=1. On origin/main's own
# last commit it cannot be told: which commits came with it, and so what changed, is not recorded.
set -euo pipefail

answer() {
  echo "$1"
  echo "$1: $2" >&2
  exit 0
}

(($#)) || {
  echo "usage: full-or-short.sh PATH..." >&2
  exit 2
}
[[ ${CI_FULL-} != 1 ]] || answer full "CI_FULL=1"
base=$(git rev-parse --verify --quiet 'refs/remotes/origin/main^{commit}') || answer full "no origin/main here"
[[ $base != "$(git rev-parse HEAD)" ]] || answer full "this is origin/main itself"
git merge-base --is-ancestor "$base" HEAD 2>/dev/null || answer full "origin/main is not behind this commit"
changed=$(git diff --name-only "$base" -- "$@") || answer full "git cannot compare"
new=$(git ls-files --others --exclude-standard -- "$@")
first=$(printf '%s\n' "$changed" "$new" | sed '/^$/d' | head -n 1)
[[ -z $first ]] || answer full "$first changed since origin/main"
answer short "nothing it depends on changed since origin/main"
