#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image in which submissions are graded.
set -euo pipefail
cd "$(dirname "$0")"
sh install.sh
cp -R course /opt/autograder/
/opt/autograder/venv/bin/python -m compileall -q --invalidation-mode unchecked-hash /opt/autograder/course
sh close.sh /opt/autograder/course
