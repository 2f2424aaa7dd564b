#!/bin/sh
# Writes constraints.txt anew: the newest version of everything that pyproject.toml asks for,
# as a fresh environment has it.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM
echo "==> Installing the newest versions into a fresh environment (a minute or two)"
"${PYTHON:-python3}" -m venv "$folder/venv"
pip="$folder/venv/bin/python -m pip --disable-pip-version-check"
$pip install --quiet hatchling editables
$pip install --quiet --no-build-isolation --editable '.[dev,bench]'
{
    echo "# Every library, and what it needs, at the version that the tests ran with."
    echo "# Written by \`make pins\`."
    $pip freeze --exclude-editable
} >"$folder/constraints.txt"
mv "$folder/constraints.txt" constraints.txt
echo "==> Written: constraints.txt. Run make test before you commit it."
