"""Releases Jupyter assignments and grades what students make of them, in a container."""

import sys

# jsonschema, which nbformat imports, builds grammars for international addresses wherever this library
# lies beside it: two seconds of every command and session, for a format that no notebook's schema uses.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
