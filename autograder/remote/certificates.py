"""A private authority for one cluster, and what each of its three roles proves with it that it belongs there.

    ca.pem                      the authority, which every machine has
    ca.key                      signs: stays where it was made
    scheduler.pem, scheduler.key    the scheduler's; likewise worker.* and client.*

Whoever holds a certificate of this authority may have code run on all workers: that is what Dask is. So each
machine gets its own role's two files and ca.pem, and no other.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from autograder import files
from autograder.errors import UsageError
from autograder.remote.library import needed

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from distributed import Security

CA, SCHEDULER, WORKER, CLIENT = "ca", "scheduler", "worker", "client"
ROLES = (SCHEDULER, WORKER, CLIENT)
DAYS = 365
_CLOCKS = datetime.timedelta(minutes=10)  # by which machines' clocks may differ


def make(folder: Path, days: int = DAYS) -> list[Path]:
    """Make an authority and a certificate for each role in `folder`, valid for so many days.

    Raises UsageError where one of the files is there already: whoever has it would be locked out.
    """
    needed("cryptography")
    there = [path for path in (_path(folder, CA, "key"), _path(folder, CA, "pem")) if path.exists()]
    if there:
        raise UsageError(
            f"{there[0]} is there already: machines that have its certificates would be locked out. Name "
            "another folder with --to, or move it away."
        )
    files.make_folder(folder)
    folder.chmod(0o700)
    issuer = _Issuer(days)
    made = [_write(folder, CA, issuer.key, issuer.certificate)]
    for role in ROLES:
        key, certificate = issuer.issue(role)
        made.append(_write(folder, role, key, certificate))
    return made


@dataclass(frozen=True)
class Credentials:
    """Where a role's certificate, its key and the authority lie."""

    folder: Path
    role: str

    def security(self) -> Security:
        """Return what Dask needs for TLS on both sides. Raises UsageError where a file is missing."""
        needed("distributed")
        from distributed import Security

        paths = {what: self._there(*name) for what, name in self._names().items()}
        return Security(
            require_encryption=True, **{what: str(path) for what, path in paths.items()}
        )

    def _names(self) -> dict[str, tuple[str, str]]:
        return {
            "tls_ca_file": (CA, "pem"),
            f"tls_{self.role}_cert": (self.role, "pem"),
            f"tls_{self.role}_key": (self.role, "key"),
        }

    def _there(self, name: str, suffix: str) -> Path:
        path = _path(self.folder, name, suffix)
        if not path.is_file():
            raise UsageError(
                f"{path} is missing: 'autograder dask certificates' makes it, once for all machines; name "
                "its folder with --certificates."
            )
        return path


class _Issuer:
    """An authority, which issues certificates as long as this object lives or its key is kept."""

    def __init__(self, days: int) -> None:
        from cryptography.hazmat.primitives.asymmetric import ec

        now = datetime.datetime.now(datetime.UTC)
        self._from, self._until = now - _CLOCKS, now + datetime.timedelta(days=days)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = self._signed(CA, self.key, None)

    def issue(self, role: str) -> tuple[EllipticCurvePrivateKey, x509.Certificate]:
        """Return a key and a certificate for a role."""
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.x509.oid import ExtendedKeyUsageOID as Usage

        key = ec.generate_private_key(ec.SECP256R1())
        # Workers listen, too: for each other and for the scheduler. A client listens to nobody.
        uses = [Usage.CLIENT_AUTH] if role == CLIENT else [Usage.CLIENT_AUTH, Usage.SERVER_AUTH]
        return key, self._signed(role, key, uses)

    def _signed(
        self, role: str, key: EllipticCurvePrivateKey, uses: list[x509.ObjectIdentifier] | None
    ) -> x509.Certificate:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes

        name = self._name(role)
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name(CA))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._from)
            .not_valid_after(self._until)
            .add_extension(x509.BasicConstraints(ca=uses is None, path_length=None), critical=True)
            .add_extension(_usage(signs=uses is None), critical=True)
            # RFC 5280, 4.2.1.1 and 4.2.1.2; Python 3.13 refuses a certificate without them.
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
        )
        if uses is not None:
            builder = builder.add_extension(x509.ExtendedKeyUsage(uses), critical=False)
        return builder.sign(self.key, hashes.SHA256())

    @staticmethod
    def _name(role: str) -> x509.Name:
        from cryptography import x509
        from cryptography.x509.oid import NameOID

        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"autograder {role}")])


def _usage(signs: bool) -> x509.KeyUsage:
    """Return what a key is for: an authority's signs certificates, all others prove who they are."""
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=not signs, key_cert_sign=signs, crl_sign=signs, content_commitment=False,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
        decipher_only=False,
    )  # fmt: skip


def _path(folder: Path, name: str, suffix: str) -> Path:
    return folder / f"{name}.{suffix}"


def _write(
    folder: Path, name: str, key: EllipticCurvePrivateKey, certificate: x509.Certificate
) -> Path:
    from cryptography.hazmat.primitives import serialization as form

    secret = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    files.write_bytes(_path(folder, name, "key"), secret, 0o600)
    path = _path(folder, name, "pem")
    files.write_bytes(path, certificate.public_bytes(form.Encoding.PEM))
    return path
