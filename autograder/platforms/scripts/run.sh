#!/bin/sh
# PrairieLearn runs this, as root, for each submission, which lies in /grade/student. It writes
# /grade/results/results.json, or nothing where something of ours went wrong: then PrairieLearn says that
# grading failed, and gives no score.
set -eu
# Student code has another user and no way in here: neither to the checks and the data of the question, which
# lie here as they were uploaded, nor to the results.
chmod 700 /grade
mkdir -p /grade/results
rm -rf /opt/autograder/course
cp -R /grade/tests/course /opt/autograder/
sh /grade/tests/close.sh /opt/autograder/course
cd /opt/autograder
exec env -i LANG=C.UTF-8 PATH="/opt/autograder/venv/bin:$PATH" PYTHONPATH=/opt/autograder/course \
  PYTHONDONTWRITEBYTECODE=1 \
  python -m autograder.platforms.grade_one prairielearn --course /opt/autograder/course \
  --submission /grade/student --results /grade/results/results.json
