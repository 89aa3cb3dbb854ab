"""Claims about the certificates of a cluster, beside what test_remote.py tries of them."""

import ssl
from pathlib import Path

import pytest

from autograder.remote import certificates


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority and its certificates."""
    made = tmp_path_factory.mktemp("cluster") / "certificates"
    certificates.make(made)
    return made


def strict(folder: Path, role: str, purpose: ssl.Purpose) -> ssl.SSLContext:
    """What Dask makes of a role's files, as strict as Python 3.13 is by itself."""
    context = ssl.create_default_context(purpose, cafile=str(folder / "ca.pem"))
    context.check_hostname = False
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    context.load_cert_chain(folder / f"{role}.pem", folder / f"{role}.key")
    return context


def shakes_hands(client: ssl.SSLContext, server: ssl.SSLContext) -> bool:
    """Whether both sides accept each other; raises SSLCertVerificationError where one does not."""
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    left = [client.wrap_bio(back, there), server.wrap_bio(there, back, server_side=True)]
    for _ in range(10):
        for side in list(left):
            try:
                side.do_handshake()
                left.remove(side)
            except ssl.SSLWantReadError:
                pass
    return not left


@pytest.mark.parametrize("role", [certificates.CLIENT, certificates.WORKER])
def test_python_accepts_the_certificates_at_its_strictest(role: str, folder: Path):
    """As it is by default from 3.13 on: RFC 5280's extensions are all there."""
    scheduler = strict(folder, certificates.SCHEDULER, ssl.Purpose.CLIENT_AUTH)
    assert shakes_hands(strict(folder, role, ssl.Purpose.SERVER_AUTH), scheduler)


def test_a_clients_certificate_serves_nobody(folder: Path):
    """Whoever has it cannot pass for the scheduler."""
    false = strict(folder, certificates.CLIENT, ssl.Purpose.CLIENT_AUTH)
    worker = strict(folder, certificates.WORKER, ssl.Purpose.SERVER_AUTH)
    with pytest.raises(ssl.SSLCertVerificationError):
        shakes_hands(worker, false)
