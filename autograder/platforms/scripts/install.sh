#!/bin/sh
# Installs what grading needs, as root on Debian or Ubuntu: a Python, and the locked libraries, each of whose
# hashes is checked, in /opt/autograder/venv. Beside this file lie requirements.lock, the course's own scripts
# (docker/) and, where the whole command grades, command.lock.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
home=/opt/autograder
export DEBIAN_FRONTEND=noninteractive LANG=C.UTF-8

find_python() {
  for name in python3.13 python3.12 python3.11 python3; do
    if "$name" -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
      2>/dev/null; then
      echo "$name"
      return
    fi
  done
  return 1
}

apt-get update
apt-get install -y --no-install-recommends libseccomp2
# Debian's own Python is one of them since Debian 12; Ubuntu 22.04 has 3.11 beside its own.
for version in 3 3.13 3.12 3.11; do
  if python=$(find_python); then break; fi
  apt-get install -y --no-install-recommends "python$version" "python$version-venv" || true
done
if ! python=$(find_python); then
  echo "Grading needs Python 3.11, 3.12 or 3.13, and this system's package manager has none of them." >&2
  exit 1
fi

mkdir -p "$home"
"$python" -m venv "$home/venv"
PATH=$home/venv/bin:$PATH
for lock in requirements.lock command.lock; do
  if [ -e "$here/$lock" ]; then
    python -m pip install --no-cache-dir --no-compile --only-binary :all: --require-hashes -r "$here/$lock"
  fi
done
python -m pip uninstall --yes --quiet pip # nothing is installed any more once students' code runs
# Libraries ship templates that are no valid Python; compileall passes over them and says so: `|| true`.
(cd "$home"/venv/lib/python3*/site-packages \
  && python -m compileall -q -q -j 0 --invalidation-mode unchecked-hash . || true)
# matplotlib looks for fonts now, so that no session has to; a course may do without it.
python -c 'import matplotlib.pyplot' 2>/dev/null || true
if [ -e "$here/docker/prepare.sh" ]; then
  (cd "$here/docker" && sh -eu prepare.sh)
fi
# Runs the hidden checks and holds the solutions (autograder/sandbox/identity.py).
getent passwd 900 >/dev/null || {
  getent group 900 >/dev/null || groupadd --gid 900 grader
  useradd --system --uid 900 --gid 900 --no-create-home --home-dir /nonexistent \
    --shell /usr/sbin/nologin grader
}
rm -rf /var/lib/apt/lists/*
