"""Working together: bundles out and back, what is refused by name, git's own diff and merge, a merge that is killed."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import LETTER, about, decide, done, history, lines, one_line, process, run
from workbench.store import entries, verify

EDITOR = "Лев Орлов"
git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def reading(folder: Path | str = ".") -> str:
    return done("-C", folder, "show", "letter", "--text", "search").out


# bundles


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_a_bundle_is_worked_in_and_taken_back(edition: Path, tmp_path: Path, name: str) -> None:
    decide(about("Тверн", page="Твери", **{"class": "ocr"}))
    done("bundle", "letter", "-o", tmp_path / name)
    there = tmp_path / "out"
    if name.endswith(".zip"):
        shutil.unpack_archive(tmp_path / name, tmp_path)
    assert [r["transcripts"] for r in done("-C", there, "list", "--json").records] == [["letter.txt"]]
    assert (there / "transcripts" / "letter.txt").read_text("utf-8") == LETTER
    assert not (there / "transcripts" / "bill.txt").exists()
    assert done("-C", there, "verify").code == 0
    done(
        "-C", there, "--person", EDITOR, "decide", stdin='{"act":"keep","transcript":"letter.txt","start":0,"end":7}\n'
    )
    done("-C", there, "--person", EDITOR, "undo")
    done("-C", there, "log")
    decide({"act": "keep", "transcript": "bill.txt", "start": 0, "end": 4})
    back = Path(shutil.make_archive(str(tmp_path / "b"), "zip", tmp_path, "out")) if name.endswith(".zip") else there
    assert done("merge", back, "--json").records == [{"entries": 3, "transcripts": 0, "persons": 1, "conflicts": 0}]
    assert len(done("list", "--json").records) == 2 and done("verify").code == 0
    assert done("merge", back, "--json").records[0]["entries"] == 0


def test_three_answers_to_one_place_are_one_conflict(edition: Path, tmp_path: Path) -> None:
    """As many as the screen shows, though they contradict each other in three pairs."""
    for name, page in (("a", "Твери"), ("b", "Тверь"), ("c", "Тверью")):
        shutil.copytree(edition, tmp_path / name)
        record = lines([about("Тверн", page=page, **{"class": "ocr"})])
        done("-C", tmp_path / name, "--person", f"Участник {name}", "decide", stdin=record)
    done("merge", tmp_path / "a")
    run("merge", tmp_path / "b")
    assert run("merge", tmp_path / "c", "--json").records[0]["conflicts"] == 1
    assert done("status", "--json").records[0]["conflicts"] == 1


def test_a_bundle_overwrites_nothing(edition: Path, tmp_path: Path) -> None:
    assert "is there already" in one_line(run("bundle", "letter", "-o", tmp_path))


def test_what_is_no_edition_is_refused_by_name(edition: Path, tmp_path: Path) -> None:
    decide(about("Тверн", page="Твери"))
    before = done("journal", "export").data
    (tmp_path / "text.db").write_text("no database", "utf-8")
    sqlite3.connect(tmp_path / "foreign.db").execute("CREATE TABLE a (b)").connection.close()
    (tmp_path / "odd.zip").write_bytes(b"PK no")
    shutil.copytree(edition, tmp_path / "newer")
    with sqlite3.connect(tmp_path / "newer" / "corrections.db") as db:
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('workbench', 'm999', '')")
    done("init", tmp_path / "another")
    (tmp_path / "note.txt").write_text("Записка.\n", "utf-8")
    done("-C", tmp_path / "another", "add", tmp_path / "note.txt")
    done("-C", tmp_path / "another", "decide", stdin='{"act":"keep","transcript":"note.txt","start":0,"end":7}\n')
    shutil.copytree(edition, tmp_path / "tampered")
    done("-C", tmp_path / "tampered", "decide", stdin='{"act":"keep","transcript":"bill.txt","start":0,"end":4}\n')
    with sqlite3.connect(tmp_path / "tampered" / "corrections.db") as db:
        db.execute("DROP TRIGGER entries_keep_no_update")
        db.execute("UPDATE entries SET body = replace(body, '\"end\":4', '\"end\":5') WHERE seq = 3")
    for name, words in (
        ("text.db", "not a database"), ("foreign.db", "not one of the workbench"), ("odd.zip", "is no bundle"),
        ("newer", "m999"), ("another", "another edition"), ("tampered", "does not have the hash"),
        ("nowhere", "there is no nowhere"), (".", "there is no corrections.db"),
    ):  # fmt: skip
        ran = run("merge", tmp_path / name)
        line = one_line(ran)
        assert ran.code and words in line and (name in line or name == "."), line
    assert "with itself" in one_line(run("merge", "."))
    assert done("journal", "export").data == before and done("verify").code == 0


# git


def in_git(folder: Path, *words: str) -> str:
    own = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b"}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(["git", "-C", folder, *words], capture_output=True, text=True, check=False,
                         env={**os.environ, **own, "PATH": path, "GIT_TERMINAL_PROMPT": "0"})  # fmt: skip
    assert ran.returncode == 0 or words[0] == "diff", ran.stderr
    return ran.stdout


@git
def test_git_compares_and_merges_in_a_real_clone_with_two_branches(edition: Path, tmp_path: Path) -> None:
    in_git(edition, "init", "-q", "-b", "main")
    decide(about("Тверн", page="Твери", **{"class": "ocr"}))
    in_git(edition, "add", ".")
    in_git(edition, "commit", "-qm", "the letter")
    clone = tmp_path / "clone"
    in_git(tmp_path, "clone", "-q", str(edition), str(clone))
    assert "git config merge.workbench.driver" in done("-C", clone, "git").err
    in_git(clone, "checkout", "-q", "-b", "editing")
    done("-C", clone, "--person", EDITOR, "decide", stdin=lines([about("Яблони", page="Яблоня")]))
    assert "+" in (told := in_git(clone, "diff", "corrections.db")) and f"{EDITOR}  edit" in told
    in_git(clone, "commit", "-qam", "an editor's")
    in_git(clone, "checkout", "-q", "main")
    done("-C", clone, "decide", stdin='{"act":"keep","transcript":"letter.txt","start":0,"end":7}\n')
    in_git(clone, "commit", "-qam", "a transcriber's")
    in_git(clone, "merge", "-q", "editing", "-m", "both")
    rows = done("-C", clone, "log", "--json").records
    assert [r["act"] for r in rows].count("edit") == 2 and [r["act"] for r in rows].count("keep") == 1
    assert done("-C", clone, "verify").code == 0
    assert in_git(clone, "status", "--porcelain") == ""


@git
def test_a_folder_outside_of_git_is_told(edition: Path) -> None:
    assert "is in no clone of git" in one_line(run("git"))


# killed


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_merge_cut_off_leaves_the_old_state_or_the_new(edition: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(edition, copy)
    record = {"act": "edit", "transcript": "letter.txt"}
    many = lines({**record, "start": n % 60, "end": n % 60 + 1, "page": str(n)} for n in range(200))
    done("-C", copy, "--person", EDITOR, "decide", "--atomic", stdin=many)
    old, new = len(history()), len(done("-C", copy, "log", "--json").records)
    seen = set()
    for pause in (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 5):
        merging = process("merge", copy)
        try:
            merging.wait(timeout=pause)
        except subprocess.TimeoutExpired:
            os.kill(merging.pid, signal.SIGKILL)
        merging.communicate()
        from workbench.services.edition import open_edition

        with open_edition(edition) as opened:
            count = sum(1 for _ in entries.every(opened.db))
            assert not list(verify.problems(opened.db))
        seen.add(count)
        assert count in (old, new)
    assert new in seen
