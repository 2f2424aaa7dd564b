#!/bin/sh
# Makes the virtual environment DIR that the Makefile works in, or brings it up to date:
#
#     environment.sh DIR
#
# With uv where it is installed, else with python3 -m venv and pip. Versions are those of
# constraints.txt, for the build too, which is why it runs without isolation.
set -eu

venv=$1
python=$venv/bin/python

say() { printf '==> %s\n' "$*"; }

fail() {
    echo >&2
    printf '%s\n' "$@" >&2
    exit 1
}

recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

# The first interpreter that is recent enough; the one that PYTHON names, if it does.
interpreter() {
    for name in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14 python}; do
        if recent "$name"; then
            command -v "$name"
            return
        fi
    done
}

too_old() {
    found=$("${PYTHON:-python3}" --version 2>&1) || found="no ${PYTHON:-python3}"
    fail "Python 3.11 or later is needed; found: $found." \
        "Install a newer one, or name it: make PYTHON=/path/to/python3.12 …" \
        "(With uv installed, uv brings one: https://docs.astral.sh/uv/)"
}

with_uv() {
    if ! recent "$python"; then
        say "Making $venv with uv"
        rm -rf "$venv"
        chosen=${PYTHON:-$(interpreter)}
        uv venv --quiet --python "${chosen:->=3.11}" "$venv"  # without any, uv fetches one
    fi
    say "Installing the libraries with uv (the first time, some 200 MB are fetched)"
    uv pip install --quiet --python "$python" --constraint constraints.txt hatchling editables
    uv pip install --python "$python" --constraint constraints.txt --no-build-isolation --editable '.[dev]'
}

with_pip() {
    if ! { recent "$python" && "$python" -m pip --version >/dev/null 2>&1; }; then
        chosen=$(interpreter)
        [ -n "$chosen" ] || too_old
        "$chosen" -c 'import ensurepip, venv' 2>/dev/null || no_venv "$chosen"
        say "Making $venv with $("$chosen" --version)"
        rm -rf "$venv"
        "$chosen" -m venv "$venv"
    fi
    say "Installing the libraries with pip (the first time, some 200 MB are fetched)"
    set -- "$python" -m pip --disable-pip-version-check install --constraint constraints.txt
    "$@" --quiet hatchling editables
    "$@" --no-build-isolation --editable '.[dev]'
}

no_venv() {
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    fail "Python $version is here, but without ensurepip, so it cannot make virtual environments." \
        "On Debian and Ubuntu: apt install python$version-venv. Then try again." \
        "(Or install uv, which needs neither: https://docs.astral.sh/uv/)"
}

if command -v uv >/dev/null 2>&1; then
    with_uv
else
    with_pip
fi
say "The environment is ready: $venv"
