#!/bin/sh
# Makes sure that .venv is complete and up to date: `sh plugins/environment/ensure.sh [--now] LOCK...`, in the project's
# folder. Each LOCK is a file of pinned packages; --now tries what has just failed once more. This file only looks
# whether there is anything to do, because starting Python would take longer than that.

is_in_order() {
    [ -x .venv/bin/python ] && [ -f .venv/pyvenv.cfg ] || return 1
    [ -f .venv/packages ] && [ -f .venv/place ] || return 1
    # Whatever is added to a package or taken away from it changes the time of a folder.
    for entry in .venv/bin .venv/lib .venv/lib/python*/site-packages .venv/lib/python*/site-packages/*; do
        [ -e "$entry" ] && [ ! "$entry" -nt .venv/packages ] || return 1
    done
    cd -P . && IFS= read -r place <.venv/place && [ "$place" = "$PWD/.venv" ] || return 1
    cmp -s pyproject.toml .venv/pyproject.toml || return 1
    for lock; do
        case $lock in
            requirements.txt) cmp -s "$lock" .venv/installed || return 1 ;;
            tests/requirements.txt) cmp -s "$lock" .venv/installed-for-tests || return 1 ;;
            *) return 1 ;;
        esac
    done
}

is_in_order "$@" && exit

# shellcheck disable=SC2086  # PYTHON may be a command with options, such as `py -3.12`
${PYTHON:=python3} -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo "This needs Python 3.11 or later; $PYTHON is $($PYTHON --version 2>&1 | head -n 1)." \
        "Choose another with: make PYTHON=python3.12 $MAKECMDGOALS" >&2
    exit 1
}
# Python would not notice if what it has compiled is damaged.
rm -rf plugins/environment/__pycache__
# shellcheck disable=SC2086
PYTHONPATH=plugins PYTHONDONTWRITEBYTECODE=1 exec $PYTHON -m environment "$@"
