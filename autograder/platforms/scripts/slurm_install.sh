#!/bin/sh
# Installs what grading needs in the folder venv beside this file, as an ordinary user on a login node: Python's
# own venv, and the locked libraries, each of whose hashes is checked. All nodes must see this folder.
set -eu
cd "$(dirname "$0")"

find_python() {
  for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3; do
    if "$name" -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
      2>/dev/null; then
      echo "$name"
      return
    fi
  done
  return 1
}

if ! python=$(find_python); then
  echo "Grading needs Python 3.11, 3.12 or 3.13 with venv: load a module that has one, or name it: PYTHON=..." >&2
  exit 1
fi
if ! "$python" -c 'import ctypes; ctypes.CDLL("libseccomp.so.2")' 2>/dev/null; then
  echo "Grading needs libseccomp 2, which this node has not: ask for it to be installed on all nodes." >&2
  exit 1
fi
if ! command -v bwrap >/dev/null && ! command -v podman >/dev/null; then
  echo "This node has neither bubblewrap nor podman. The nodes that grade need one of them." >&2
fi
"$python" -m venv venv
for lock in course/requirements.lock command.lock; do
  venv/bin/python -m pip install --no-cache-dir --only-binary :all: --require-hashes -r "$lock"
done
if [ -e course/docker/prepare.sh ]; then
  (PATH=$PWD/venv/bin:$PATH && cd course/docker && sh -eu prepare.sh)
fi
