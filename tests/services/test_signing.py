"""Signatures of the heads: made with a person's SSH key, carried by merges, checked for what they claim."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.workspace import fork, make, put, revert
from workbench.core.entry import Decision
from workbench.core.errors import RefusedError, UsageError, VerifyError
from workbench.services import git, persons
from workbench.services.edition import Edition
from workbench.services.persons import Person
from workbench.services.places import set_user_setting
from workbench.services.verification import signing, ssh, verifying
from workbench.services.verification.signing import Signature
from workbench.store import entries, interchange, journal

pytestmark = pytest.mark.skipif(shutil.which(ssh.PROGRAM) is None, reason="there is no ssh-keygen to sign with")


def keyed(folder: Path, name: str, *, passphrase: str = "", kind: str = "ed25519") -> Path:
    """A new key."""
    path = folder / name
    words = ["ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-C", name, "-f", str(path)]
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL)
    return path


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return keyed(tmp_path, "id_nina")


@pytest.fixture
def worked(edition: Edition) -> Iterator[Edition]:
    put(edition, 0, 2, "X")
    put(edition, 11, 13, "Y", who="boris")
    yield edition


@pytest.fixture
def edition(tmp_path: Path) -> Iterator[Edition]:
    with make(tmp_path / "edition") as edition:
        yield edition


def nina(edition: Edition) -> Person:
    with edition.writing():
        return persons.ensure(edition, "Нина Орлова")


def allowed(folder: Path, name: str, key: Path) -> Path:
    """A file of allowed signers with one of them."""
    path = folder / "allowed_signers"
    path.write_text(f"{name} {key.with_suffix('.pub').read_text()}")
    return path


def only(edition: Edition, signers: Path | None = None) -> Signature:
    (found,) = signing.every(edition, signers)
    return found


def test_what_is_signed_is_the_heads_that_the_entry_follows(worked: Edition, key: Path) -> None:
    """The statement says so in words, and the edition, its entries and the place of the last."""
    person = nina(worked)
    heads = entries.heads(worked.db)
    entry = signing.sign(worked, person, str(key))
    (name,) = worked.db.execute("SELECT value FROM edition WHERE key = 'id'").fetchone()
    assert entry.parents == heads and entry.person == person.id
    assert entry.decision.data["statement"] == (
        f"workbench heads 1\nedition {name}\nentries 3\nlamport 3\nhead {heads[0]}\n"
    )
    found = only(worked)
    assert (found.worth, found.person, found.since, found.heads) == ("sound", "Нина Орлова", 0, heads)
    assert verifying.check(worked, full=True).intact and signing.problems([found]) == []


def test_the_key_is_shown_as_ssh_shows_it(worked: Edition, tmp_path: Path) -> None:
    for kind in ("ed25519", "ecdsa", "rsa"):
        key = keyed(tmp_path, kind, kind=kind)
        entry = signing.sign(worked, nina(worked), str(key))
        told = subprocess.run(["ssh-keygen", "-l", "-f", str(key)], capture_output=True, text=True, check=True).stdout
        assert ssh.fingerprint(entry.decision.data["signature"]).split()[1] == told.split()[1]


def test_the_signature_can_be_checked_without_this_program(worked: Edition, key: Path, tmp_path: Path) -> None:
    entry = signing.sign(worked, nina(worked), str(key))
    (tmp_path / "sig").write_text(entry.decision.data["signature"])
    signers = str(allowed(tmp_path, "nina@x", key))
    words = ["-f", signers, "-I", "nina@x", "-n", "ocr-workbench", "-s", str(tmp_path / "sig")]
    ran = subprocess.run(["ssh-keygen", "-Y", "verify", *words], input=entry.decision.data["statement"],
                         text=True, capture_output=True, check=False)  # fmt: skip
    assert ran.returncode == 0, ran.stderr


def test_allowed_signers_say_whose_key_it_is(worked: Edition, key: Path, tmp_path: Path) -> None:
    """Without them it is by some key; with others it is by an unknown one."""
    signing.sign(worked, nina(worked), str(key))
    assert only(worked).worth == "sound"
    found = only(worked, allowed(tmp_path, "nina@example.org", key))
    assert (found.worth, found.signer) == ("known", "nina@example.org")
    other = allowed(tmp_path, "boris@example.org", keyed(tmp_path, "id_boris"))
    assert (only(worked, other).worth, only(worked, other).signer) == ("unknown", "")
    with pytest.raises(UsageError, match="no file of allowed signers"):
        signing.every(worked, tmp_path / "nowhere")


def test_allowed_for_another_purpose_is_not_allowed(worked: Edition, key: Path, tmp_path: Path) -> None:
    """git's file may allow a key for git alone."""
    signing.sign(worked, nina(worked), str(key))
    signers = tmp_path / "signers"
    signers.write_text(f'nina@example.org namespaces="git" {key.with_suffix(".pub").read_text()}')
    assert only(worked, signers).worth == "unknown"


def test_a_signature_says_how_much_came_since(worked: Edition, key: Path, tmp_path: Path) -> None:
    """Work of others that comes by a merge counts as well, whatever its place in the order."""
    with fork(worked, tmp_path / "fork") as other:
        signing.sign(worked, nina(worked), str(key))
        put(worked, 14, 16, "Z")
        assert only(worked).since == 1
        put(other, 16, 17, "W", who="olga")
        with worked.writing() as db:
            interchange.merge(db, other.db)
        assert only(worked).since == 2 and only(worked).worth == "sound"
        put(worked, 16, 17, "V")
        assert only(worked).since == 3


def test_a_signature_travels_with_a_merge(worked: Edition, key: Path, tmp_path: Path) -> None:
    with fork(worked, tmp_path / "fork") as other:
        signing.sign(other, nina(other), str(key))
        assert signing.every(worked) == []
        with worked.writing() as db:
            interchange.merge(db, other.db)
        assert only(worked).entry == only(other).entry and only(worked).worth == "sound"


def test_a_signature_taken_back_is_none(worked: Edition, key: Path) -> None:
    entry = signing.sign(worked, nina(worked), str(key))
    undo = revert(worked, {entry.id})
    assert signing.every(worked) == []
    revert(worked, {undo.id})
    assert only(worked).entry == entry


def test_several_heads_are_signed_together(worked: Edition, key: Path, tmp_path: Path) -> None:
    with fork(worked, tmp_path / "fork") as other:
        put(other, 16, 17, "W", who="olga")
        person = nina(worked)
        with worked.writing() as db:
            interchange.merge(db, other.db)
    heads = entries.heads(worked.db)
    assert len(heads) == 2
    signing.sign(worked, person, str(key))
    assert only(worked).heads == heads and only(worked).worth == "sound"


FORGED = [
    ("entries 3", "entries 4", "is not about what was recorded before it"),
    ("lamport 3", "lamport 2", "is not about what was recorded before it"),
    ("workbench heads 1", "workbench heads 2", "is not about what was recorded before it"),
    ("edition ", "edition 0", "verif"),
]


@pytest.mark.parametrize(("old", "new", "reason"), FORGED)
def test_a_statement_that_was_not_signed_is_invalid(
    worked: Edition, key: Path, old: str, new: str, reason: str
) -> None:
    """Somebody seals another statement with the signature of the true one."""
    person = nina(worked)
    before = signing._present(worked.db)
    data = {"statement": before.replace(old, new), "signature": ssh.sign(before, str(key))}
    with worked.writing() as db:
        journal.append(db, Decision(act="sign", data=data), persons.author(person))
    found = only(worked)
    assert found.worth == "invalid" and reason in found.reason
    assert "Нина Орлова" in str(signing.problems([found])[0])


def test_a_signature_of_other_heads_is_invalid(worked: Edition, key: Path) -> None:
    """An old one, put upon what came later."""
    person = nina(worked)
    first = signing.sign(worked, person, str(key))
    put(worked, 14, 16, "Z")
    with worked.writing() as db:
        journal.append(db, Decision(act="sign", data=first.decision.data), persons.author(person))
    assert [one.worth for one in signing.every(worked)] == ["sound", "invalid"]


@pytest.mark.parametrize(
    "signature", ["", "nonsense", "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"]
)
def test_what_is_no_signature_is_invalid(worked: Edition, signature: str) -> None:
    person = nina(worked)
    data = {"statement": signing._present(worked.db), "signature": signature}
    with worked.writing() as db:
        journal.append(db, Decision(act="sign", data=data), persons.author(person))
    assert (only(worked).worth, only(worked).key) == ("invalid", "")


# what stands in the way


def test_without_ssh_keygen_signatures_are_unchecked(
    worked: Edition, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said; nothing else suffers."""
    signing.sign(worked, nina(worked), str(key))
    monkeypatch.setattr(ssh, "PROGRAM", "no-such-ssh-keygen")
    found = only(worked)
    assert (
        found.worth == "unchecked" and "comes with OpenSSH" in found.reason and found.key.startswith("ED25519 SHA256:")
    )
    with pytest.raises(UsageError, match="comes with OpenSSH"):
        signing.sign(worked, nina(worked), str(key))


def test_a_key_that_is_not_there_is_said(worked: Edition, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no key"):
        signing.sign(worked, nina(worked), str(tmp_path / "nowhere"))


def test_what_does_not_sign_is_said_and_nothing_recorded(
    worked: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key whose passphrase nobody gives, a public key whose private one no agent has, a file that is no key."""
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    monkeypatch.setenv("SSH_ASKPASS_REQUIRE", "force")
    monkeypatch.setenv("SSH_ASKPASS", "/bin/false")
    locked, public, junk = keyed(tmp_path, "locked", passphrase="secret"), keyed(tmp_path, "public"), tmp_path / "junk"
    public.unlink()
    junk.write_text("no key")
    junk.chmod(0o600)
    person = nina(worked)
    before = entries.heads(worked.db)
    for path in (locked, public.with_suffix(".pub"), junk):
        with pytest.raises(RefusedError, match=f"{path.name} did not sign: ."):
            signing.sign(worked, person, str(path))
    literal = public.with_suffix(".pub").read_text()
    for words in (literal, f"key::{literal}"):
        with pytest.raises(RefusedError, match=r"the agent did not sign: ."):
            signing.sign(worked, person, words)
    assert entries.heads(worked.db) == before


def test_an_agent_signs(worked: Edition, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a public key, as a file or as its words."""
    if shutil.which("ssh-agent") is None:
        pytest.skip("there is no ssh-agent")
    socket = tmp_path / "agent"
    with subprocess.Popen(["ssh-agent", "-D", "-a", str(socket)], stdout=subprocess.PIPE) as agent:
        try:
            assert agent.stdout is not None and agent.stdout.readline()
            monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
            subprocess.run(["ssh-add", "-q", str(key)], check=True)
            key.unlink()
            for words in (str(key.with_suffix(".pub")), key.with_suffix(".pub").read_text().strip()):
                signing.sign(worked, nina(worked), words)
        finally:
            agent.terminate()
    assert [one.worth for one in signing.every(worked)] == ["sound", "sound"]


def test_what_is_not_intact_is_not_signed(worked: Edition, key: Path) -> None:
    person = nina(worked)
    worked.db.execute("UPDATE transcripts SET bytes = CAST('x' AS BLOB)")
    with pytest.raises(VerifyError, match="not signed"):
        signing.sign(worked, person, str(key))


def test_nothing_is_signed_where_nothing_is_recorded(edition: Edition, key: Path) -> None:
    with pytest.raises(UsageError, match="nothing is recorded yet"):
        signing.sign(edition, Person(id="a", name="A", siglum="A", role="editor"), str(key))


def test_what_was_recorded_while_it_was_signed_is_not_signed(
    worked: Edition, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person who types a passphrase does not keep others from working."""
    person, sign = nina(worked), ssh.sign

    def slow(statement: str, path: str) -> str:
        put(worked, 14, 16, "Z")
        return sign(statement, path)

    monkeypatch.setattr(ssh, "sign", slow)
    with pytest.raises(RefusedError, match="sign again"):
        signing.sign(worked, person, str(key))
    assert signing.every(worked) == []


# whose key


def test_the_key_is_the_named_one_the_set_one_git_s_or_ssh_s(tmp_path: Path, own_home: Path) -> None:
    with pytest.raises(UsageError, match="--key FILE"):
        signing.chosen_key(tmp_path)
    (own_home / ".ssh").mkdir()
    for name in ("id_rsa", "id_ed25519"):
        (own_home / ".ssh" / name).touch()
        assert signing.chosen_key(tmp_path) == str(own_home / ".ssh" / name)
    config = own_home / ".gitconfig"
    config.write_text("[user]\n\tsigningkey = ABCDEF12\n")
    assert signing.chosen_key(tmp_path).endswith("id_ed25519")  # a key of GnuPG's
    config.write_text("[gpg]\n\tformat = ssh\n[user]\n\tsigningkey = ~/.ssh/git.pub\n")
    if shutil.which("git"):
        assert signing.chosen_key(tmp_path) == "~/.ssh/git.pub"
    set_user_setting("key", "/mine")
    assert signing.chosen_key(tmp_path) == "/mine"
    assert signing.chosen_key(tmp_path, "/named") == "/named"


def test_allowed_signers_are_the_set_ones_or_git_s(tmp_path: Path, own_home: Path) -> None:
    assert signing.allowed_signers(tmp_path) is None
    (own_home / ".gitconfig").write_text('[gpg "ssh"]\n\tallowedSignersFile = ~/signers\n')
    if git.configured(tmp_path, "gpg.ssh.allowedSignersFile"):
        assert signing.allowed_signers(tmp_path) == own_home / "signers"
    set_user_setting("signers", "/set")
    assert signing.allowed_signers(tmp_path) == Path("/set")
