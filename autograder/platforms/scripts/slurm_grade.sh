#!/bin/bash
#SBATCH --job-name=autograder
#SBATCH --array=0-@LAST@
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=@CPUS@
#SBATCH --mem-per-cpu=@MEMORY@
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=autograder-%A_%a.log
# Grades a class, one share of it in each task of the array. From the folder in which this file lies:
#
#   sbatch grade.sbatch [SUBMITTED [GRADED]]     folders that all nodes see; submitted and graded, if not said
#
# A task that died is started again by itself (--requeue), or by hand: sbatch --array=2 grade.sbatch. What has a
# report is not graded again. ENGINE=docker grades in podman's or Docker's containers in place of bubblewrap's.
set -eu
shards=@SHARDS@ # one for each task of the whole array
if [ ! -e course/checks ]; then
  echo "Submit this from the folder in which it lies, where install.sh was run." >&2
  exit 2
fi
if [ ! -x venv/bin/python ]; then
  echo "venv is missing: run 'sh install.sh' once, on a node that may download." >&2
  exit 2
fi
python=$PWD/venv/bin/python
submitted=$(realpath -m "${1:-submitted}")
graded=$(realpath -m "${2:-graded}")
export PYTHONPATH=$PWD/course PYTHONNOUSERSITE=1 LANG=C.UTF-8
unset PYTHONHOME PYTHONSTARTUP
engine=${ENGINE:-bubblewrap}
cd course
if [ "$engine" = docker ]; then # each node has images of its own
  "$python" -m autograder image build --quiet
fi
# In place of this shell, so that what Slurm sends to the task reaches grading itself.
exec "$python" -m autograder grade "$submitted" --out "$graded" --engine "$engine" \
  --workers "${SLURM_CPUS_PER_TASK:-1}" --shard "$SLURM_ARRAY_TASK_ID/$shards"
