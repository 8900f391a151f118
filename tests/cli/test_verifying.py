"""verify and sign: what is said of an edition, the report that a person can sign, and the exit codes."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import get_args

import pytest

from tests.cli.program import about, decide, done, history, one_line, run
from workbench.services.verification import ssh, verifying
from workbench.services.verification.verification_report import AREAS
from workbench.store.replaying import Replay
from workbench.store.verify import Area

signs = pytest.mark.skipif(shutil.which(ssh.PROGRAM) is None, reason="there is no ssh-keygen to sign with")


def doctor(edition: Path, *statements: str) -> None:
    with closing(sqlite3.connect(edition / "corrections.db", isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


@pytest.fixture
def key(here: Path) -> Path:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(here / "key")], check=True)
    return here / "key"


@pytest.fixture
def worked(edition: Path) -> Path:
    decide(about("Тверн", page="Твери"), about("давно", page="уже"))
    return edition


# verify --full


def test_the_full_verification_says_what_it_looked_at(worked: Path) -> None:
    ran = done("verify", "--full")
    assert ran.out.splitlines()[0].startswith("the journal is intact: 3 entries, head ")
    assert "follows from the journal" in ran.out.splitlines()[1]
    assert "nothing about whether the text is right" in ran.err


def test_a_doctored_projection_ends_with_5_and_says_what_now(worked: Path) -> None:
    """The short verification does not look at projections; --rebuild makes them anew, and no entry is touched."""
    before = history()
    doctor(worked, "UPDATE standing SET live = 0")
    assert run("verify").code == 0
    ran = run("verify", "--full")
    said = ran.err.splitlines()
    assert ran.code == 5 and ran.data == b""
    assert said[0].startswith("standing: what is kept does not follow from the journal, 3 times (")
    assert said[1].startswith("what now: ") and "workbench verify --full --rebuild" in said[1]
    assert said[-1].startswith("workbench: Not intact: 1 problem in ") and said[-1].endswith("the journal itself holds")
    ran = done("verify", "--full", "--rebuild")
    assert "made anew; no entry was touched" in ran.err and "the journal is intact" in ran.out
    assert history() == before and run("verify", "--full").code == 0


def test_a_journal_that_is_not_intact_is_not_rebuilt_from(worked: Path) -> None:
    doctor(worked, "DROP TRIGGER entries_keep_no_update", "UPDATE entries SET body = replace(body, 'уже', 'еще')",
           "UPDATE standing SET live = 0")  # fmt: skip
    before = (worked / "corrections.db").read_bytes()
    ran = run("verify", "--full", "--rebuild")
    assert ran.code == 5 and "nothing was made anew" in ran.err.splitlines()[-1]
    assert (worked / "corrections.db").read_bytes() == before


@pytest.mark.parametrize("words", [["--report", "r.txt"], ["--rebuild"]])
def test_a_report_and_a_rebuilding_need_the_full_verification(worked: Path, words: list[str]) -> None:
    ran = run("verify", *words)
    assert ran.code == 2 and "need --full" in one_line(ran)


def test_an_interruption_ends_it_quietly(worked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Ctrl+C in a terminal: nothing is left beside the database, which stays as it was."""
    before = (worked / "corrections.db").read_bytes()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Replay, "document_problems", interrupted)
    ran = run("verify", "--full")
    assert (ran.code, ran.data) == (130, b"") and "interrupted" in one_line(ran)
    assert (worked / "corrections.db").read_bytes() == before
    assert [path.name for path in worked.glob("corrections.db*")] == ["corrections.db"]


# the report


def test_the_report_says_all_that_a_person_signs_for(worked: Path, here: Path) -> None:
    """Two reports of one edition differ in nothing but the date."""
    done("state", "letter", "transcribed")
    ran = done("verify", "--full", "--report", here / "report.txt")
    assert "wrote" in ran.err
    written = (here / "report.txt").read_text("utf-8")
    head = done("log", "--json").records
    with closing(sqlite3.connect("corrections.db")) as db:
        (name,) = db.execute("SELECT value FROM edition WHERE key = 'id'").fetchone()
        heads = [h for (h,) in db.execute("SELECT entry FROM heads")]
    for words in (name, *heads, "workbench 0.", f"{len(head)} (", "Transcripts", "[x] ", "PRAGMA integrity_check",
                  "Result: the journal is intact", "nothing about whether the text is right", "Nobody has signed",
                  "raw 1; transcribed 1", "Name  ", "Signature  ", "Дорогой Павел"):  # fmt: skip
        assert words in written, words
    assert "[!]" not in written
    done("verify", "--full", "--report", here / "again.txt")
    assert (here / "again.txt").read_text("utf-8") == written


def test_the_report_speaks_the_person_s_language(worked: Path, here: Path) -> None:
    done("settings", "user.language=ru")
    done("verify", "--full", "--report", here / "report.txt")
    written = (here / "report.txt").read_text("utf-8")
    assert "Результат: журнал цел" in written and "Подпись" in written
    doctor(worked, "UPDATE standing SET live = 0")
    assert run("verify", "--full", "--report", here / "report.txt").code == 5
    written = (here / "report.txt").read_text("utf-8")
    assert "журнал цел; хранимое ради скорости из него не следует" in written
    assert "standing: хранимое не следует из журнала" in written


def test_a_report_of_what_is_not_intact_names_it(worked: Path, here: Path) -> None:
    doctor(worked, "UPDATE transcripts SET bytes = CAST('x' AS BLOB) WHERE name = 'bill.txt'")
    assert run("verify", "--full", "--report", here / "report.txt").code == 5
    written = (here / "report.txt").read_text("utf-8")
    assert "Result: NOT INTACT" in written
    assert "[!] The transcripts are" in written and "    - the kept bytes of bill.txt are not" in written


# sign


@signs
def test_a_signature_is_told_with_whose_it_is_and_what_came_since(worked: Path, key: Path, here: Path) -> None:
    ran = done("sign", "--key", key)
    (made,) = ran.records
    assert f"signing with {key}" in ran.err and made["key"].startswith("ED25519 SHA256:")
    decide(about("саде", "keep"))
    out = done("verify").out
    assert "Вера Лунина, " in out and "no allowed signers are named" in out
    assert f"{made['key']}; 1 entry since" in out
    signers = here / "signers"
    signers.write_text(f"vera@example.org {key.with_suffix('.pub').read_text()}")
    assert "valid; the key of vera@example.org" in done("verify", "--signers", signers).out
    done("settings", f"user.signers={signers}")
    assert "the key of vera@example.org" in done("verify", "--full", "--report", here / "r.txt").out
    assert made["key"] in (here / "r.txt").read_text("utf-8")
    assert {"id": made["id"], "act": "sign"}.items() <= history()[-2].items()


@signs
def test_an_unknown_key_ends_with_1_and_a_false_signature_with_5(worked: Path, key: Path, here: Path) -> None:
    done("sign", "--key", key)
    (here / "signers").write_text("")
    ran = run("verify", "--signers", here / "signers")
    assert ran.code == 1 and "not among the allowed signers" in ran.out
    assert run("verify", "--signers", here / "nowhere").code == 2


@signs
def test_undo_takes_the_signature_back(worked: Path, key: Path) -> None:
    done("sign", "--key", key)
    done("undo")
    assert "SHA256" not in done("verify").out


def test_without_a_key_it_is_said_how_to_have_one(worked: Path) -> None:
    ran = run("sign")
    assert ran.code == 2 and "ssh-keygen -t ed25519" in one_line(ran)


def test_areas_have_advice() -> None:
    """Whatever has a problem, something can be done."""
    from workbench.cli.app import app
    from workbench.cli.verifying import _ADVICE  # the commands are registered in the order of `app`

    assert app is not None
    assert set(_ADVICE) == set(AREAS) == set(get_args(Area)) and set(AREAS) >= verifying.JOURNAL
