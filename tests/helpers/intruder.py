"""A notebook that tries the doors of a platform's container, and says in its exception which opened."""

from __future__ import annotations

# Read: what holds a secret or another submission. Written: what decides a score. The last is open to all.
_SOURCE = """\
import glob, os
def plain_returns(rewards, gamma):
    opened = []
    for path in {read!r}:
        for name in [path, *glob.glob(path + '/**', recursive=True)][:200]:
            try:
                os.listdir(name) if os.path.isdir(name) else open(name, 'rb').read(1)
                opened.append(name)
            except OSError:
                pass
    for path in {written!r}:
        try:
            open(path, 'ab').close()
            opened.append(path)
        except OSError:
            pass
    raise RuntimeError('opened: ' + ' '.join(opened) + ' .')
"""
OPEN_TO_ALL = "/usr/lib/os-release"


def tries(read: list[str], written: list[str]) -> str:
    """The cell of an exercise that tries to read and to write these, and to read what anybody may."""
    return _SOURCE.format(read=[*read, OPEN_TO_ALL], written=written)


def opened(message: str) -> list[str]:
    """What the notebook found open, as its exception says."""
    return message.partition("opened: ")[2].partition(" .")[0].split()
