#!/usr/bin/env bash
# Gradescope runs this, as root, for each submission, which lies in /autograder/submission. It writes
# /autograder/results/results.json, or nothing where something of ours went wrong: then Gradescope says that
# the autograder failed, and gives no score. What is printed here only the instructor reads.
set -euo pipefail
# Student code has another user and no way in here: not to the checks as they were uploaded, nor to the results, nor
# to the metadata, which holds the student's address and the results of earlier submissions.
chmod 700 /autograder
sh /autograder/source/close.sh /opt/autograder/course
mkdir -p /autograder/results
cd /opt/autograder
exec env -i LANG=C.UTF-8 PATH="/opt/autograder/venv/bin:$PATH" PYTHONPATH=/opt/autograder/course \
  PYTHONDONTWRITEBYTECODE=1 \
  python -m autograder.platforms.grade_one gradescope --course /opt/autograder/course \
  --submission /autograder/submission --results /autograder/results/results.json
