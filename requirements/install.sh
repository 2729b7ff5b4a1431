#!/bin/sh
# Makes .venv when it is missing and installs one lock file into it: install.sh embedded|dev
set -eu
lock="requirements/$1.txt"

find_python() {
    for name in python3.11 python3.12 python3.13 python3.14 python3 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo "Er is geen Python 3.11 of nieuwer gevonden: installeer die eerst." >&2
    exit 1
}

if [ ! -x .venv/bin/python ]; then
    python=$(find_python)
    echo "De omgeving wordt gemaakt met $python …"
    "$python" -m venv .venv || {
        rm -rf .venv
        echo "Deze Python kan geen venv maken: installeer het pakket python3-venv." >&2
        exit 1
    }
fi
echo "De onderdelen uit $lock worden geïnstalleerd …"
if command -v uv >/dev/null && uv pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"; then
    exit 0
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
