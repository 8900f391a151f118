"""Signing and checking with a person's SSH key, by OpenSSH's ssh-keygen, which knows agents, passphrases and cards.

See PROTOCOL.sshsig in the sources of OpenSSH for what a signature holds.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.core.errors import RefusedError, UsageError

PROGRAM = "ssh-keygen"
NAMESPACE = "ocr-workbench"
"""What the signature is for: one made for something else does not count here, nor this one elsewhere."""
_DEFAULT_KEYS = ("id_ed25519", "id_ecdsa", "id_ed25519_sk", "id_ecdsa_sk", "id_rsa")
_SECONDS = 30
"""A check takes no longer; a signature takes as long as a person needs for a passphrase."""


class MissingError(UsageError):
    """There is no ssh-keygen."""

    def __init__(self) -> None:
        super().__init__(f"there is no {PROGRAM}; it comes with OpenSSH (openssh-client), and signing needs it")


def default_key() -> Path | None:
    """The key that ssh would try first."""
    folder = Path.home() / ".ssh"
    return next((folder / name for name in _DEFAULT_KEYS if (folder / name).exists()), None)


def sign(statement: str, key: str) -> str:
    """The signature of a statement, in its armour; `key`: a file, or a public key whose private one an agent has.

    Raises MissingError, UsageError (no such key), RefusedError (not signed, with the reason that ssh-keygen gives).
    """
    literal = key.removeprefix("key::") if key.startswith(("key::", "ssh-", "ecdsa-", "sk-")) else None
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        path, options = Path(key).expanduser(), ["-n", NAMESPACE]
        if literal is not None:
            path, options = Path(folder) / "key.pub", [*options, "-U"]
            path.write_text(literal + "\n", "utf-8")
        elif not path.is_file():
            raise UsageError(f"there is no key {path}; make one with: {PROGRAM} -t ed25519")
        ran = _run("-Y", "sign", *options, "-f", str(path), given=statement)
    if ran.returncode or not ran.stdout:
        raise RefusedError(f"{path.name if literal is None else 'the agent'} did not sign: {_reason(ran)}")
    return ran.stdout


def signs(statement: str, signature: str) -> str | None:
    """None where a signature is one of the statement, by whatever key; else the reason why not. Raises MissingError."""
    with _armoured(signature) as path:
        ran = _run("-Y", "check-novalidate", "-n", NAMESPACE, "-s", path, given=statement, seconds=_SECONDS)
    return None if ran.returncode == 0 else _reason(ran)


def signer(statement: str, signature: str, signers: Path) -> str | None:
    """The name by which a file of allowed signers knows whose signature it is; None for nobody's."""
    with _armoured(signature) as path:
        found = _run("-Y", "find-principals", "-s", path, "-f", str(signers), seconds=_SECONDS)
        for name in found.stdout.splitlines() if found.returncode == 0 else ():
            options = ("-n", NAMESPACE, "-I", name, "-s", path, "-f", str(signers))
            if _run("-Y", "verify", *options, given=statement, seconds=_SECONDS).returncode == 0:
                return name
    return None


def fingerprint(signature: str) -> str:
    """The key that a signature was made with, as ssh shows it: `ED25519 SHA256:…`; empty for what is no signature."""
    lines = signature.split()
    try:
        blob = base64.b64decode("".join(lines[3:-3]), validate=True)
    except (binascii.Error, ValueError):
        return ""
    if blob[:6] != b"SSHSIG":
        return ""
    key = blob[14 : 14 + int.from_bytes(blob[10:14], "big")]
    kind = key[4 : 4 + int.from_bytes(key[:4], "big")].decode("ascii", "replace")
    digest = base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")
    return f"{kind.removeprefix('ssh-').upper()} SHA256:{digest}"


@contextmanager
def _armoured(signature: str) -> Iterator[str]:
    """A file with a signature, for ssh-keygen takes it from nowhere else."""
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        path = Path(folder) / "statement.sig"
        path.write_text(signature, "utf-8", "replace")
        yield str(path)


def _run(*words: str, given: str = "", seconds: int | None = None) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            [PROGRAM, *words], input=given, capture_output=True, text=True, encoding="utf-8", errors="replace",
            timeout=seconds, check=False, env={**os.environ, "LC_ALL": "C"},
        )  # fmt: skip
    except FileNotFoundError as error:
        raise MissingError from error
    except (OSError, subprocess.SubprocessError) as error:
        raise RefusedError(f"{PROGRAM} did not answer: {error}") from error


def _reason(ran: subprocess.CompletedProcess[str]) -> str:
    """The last thing that ssh-keygen said."""
    said = [line.strip() for line in (ran.stderr or ran.stdout or "").splitlines() if line.strip()]
    return said[-1] if said else f"{PROGRAM} ended with {ran.returncode}"
