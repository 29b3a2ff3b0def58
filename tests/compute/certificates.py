"""Certificates for a cluster, made on the spot."""

import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID


def write_certificates(folder: Path) -> dict[str, str]:
    """Write an authority and a certificate; the environment that makes Dask use them."""
    authority_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    authority = _certificate("the class's authority", authority_key, None, authority_key)
    member = _certificate("a machine of the class", key, authority, authority_key)
    paths = {name: folder / f"{name}.pem" for name in ("authority", "member", "key")}
    paths["authority"].write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    paths["member"].write_bytes(member.public_bytes(serialization.Encoding.PEM))
    paths["key"].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    prefix = "DASK_DISTRIBUTED__COMM__TLS__"
    settings = {f"{prefix}CA_FILE": str(paths["authority"])}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        settings[f"{prefix}{role}__CERT"] = str(paths["member"])
        settings[f"{prefix}{role}__KEY"] = str(paths["key"])
    return settings


def _certificate(name, key, issuer, issuer_key) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .sign(issuer_key, hashes.SHA256())
    )
