"""Why an assignment's checks cannot be certified."""

from __future__ import annotations

from autograder.errors import AutograderError


class CertificateError(AutograderError):
    """What a certificate is made from, or a certificate itself, is not as it must be."""
