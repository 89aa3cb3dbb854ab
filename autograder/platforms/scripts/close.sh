#!/bin/sh
# Makes the course folder $1 such that student code, which runs as a user of its own, reads of it what was
# released and the package alone. Checks and solutions are the trusted user's (autograder/sandbox/identity.py);
# of the checks the warm parent, which may not pass over permissions, reads files by their names.
set -eu
cd "$1"
chown -R 0:0 .
chmod -R u=rwX,go=rX .
chown -R 900:900 checks source
chmod -R u=rwX,go= checks source
chmod a+x checks checks/*
for file in checks/*/assignment.toml checks/*/worker.py checks/*/worker_*.py; do
  if [ -e "$file" ]; then chmod a+r "$file"; fi
done
