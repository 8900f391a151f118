"""The questions that editors ask of an edition, as SQL over its snapshot."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question; its parameters are asked for in a form, and an empty one means all."""

    name: str
    """In addresses: letters and hyphens."""
    title: str
    description: str
    sql: str
    parameters: tuple[str, ...] = ()


_BLANKS = "char(9, 10, 11, 12, 13, 32, 160)"

QUESTIONS: tuple[Question, ...] = (
    Question(
        name="changed-since",
        title="Who changed what since a date",
        description="Every decision from this date on (2026-01-31, or 2026-01-31T12:00; UTC), the newest first, with"
        " what became of it. Empty: all of them.",
        parameters=("since",),
        sql="""
SELECT seq, time, person, document, transcript, line, act, raw, becomes, class, ground, reason, state
FROM decisions WHERE time >= :since ORDER BY time DESC, seq DESC
""",
    ),
    Question(
        name="names-and-numbers",
        title="Every decision touching names or numbers",
        description="Decisions about a text whose raw words or new words have a capital, a digit or a numeral. The"
        " careful answer: the first word of a sentence counts as a name too. What was undone is listed as well.",
        sql="""
SELECT seq, time, person, document, transcript, line, act, raw, becomes, class, ground, certainty, reason, state,
  verdict
FROM decisions WHERE names ORDER BY document, transcript, line, seq
""",
    ),
    Question(
        name="on-conjecture",
        title="What was decided on conjecture",
        description="Standing decisions whose ground is conjecture, the least certain first.",
        sql="""
SELECT seq, time, person, document, transcript, line, act, raw, becomes, class, certainty, reason, verdict
FROM decisions WHERE ground = 'conjecture' AND state = 'live'
ORDER BY CASE certainty WHEN 'low' THEN 0 WHEN 'medium' THEN 1 WHEN 'high' THEN 3 ELSE 2 END, document, line, seq
""",
    ),
    Question(
        name="changed-most",
        title="The words changed most often, and to what",
        description="Standing changes of a text, the commonest first; beside them how often the same raw words were"
        " looked at and left as they are.",
        sql="""
WITH left_alone AS (
  SELECT raw, count(*) AS times FROM decisions WHERE act = 'keep' AND state = 'live' GROUP BY raw
)
SELECT d.raw, d.becomes, count(*) AS times, count(DISTINCT d.document) AS documents,
  count(DISTINCT d.person) AS persons, coalesce(max(k.times), 0) AS left_as_is
FROM decisions d LEFT JOIN left_alone k ON k.raw = d.raw
WHERE d.state = 'live' AND d.act IN ('accept', 'edit', 'supply') AND d.becomes IS NOT d.raw
GROUP BY d.raw, d.becomes ORDER BY times DESC, d.raw, d.becomes
""",
    ),
    Question(
        name="review-by-person",
        title="Approved, disputed and unreviewed, by person",
        description="The standing decisions of each person by what others say of them, and how many another person"
        " took back or decided otherwise.",
        sql="""
SELECT person, count(*) FILTER (WHERE state = 'live') AS standing,
  count(*) FILTER (WHERE verdict = 'approved') AS approved,
  count(*) FILTER (WHERE verdict = 'disputed') AS disputed,
  count(*) FILTER (WHERE verdict = 'unreviewed') AS unreviewed,
  count(*) FILTER (WHERE overturned) AS overturned
FROM decisions GROUP BY person ORDER BY standing DESC, person
""",
    ),
    Question(
        name="suggesters",
        title="How often a suggester's proposals are accepted",
        description="Answers that stand: its first proposal, something else, or stet; those still open; and, of answers"
        " given one by one, the share whose first proposal was right beside the mean probability it had been given. A"
        " suggester that knows its worth has the two alike.",
        sql="""
SELECT suggester, sum(accepted) AS accepted, sum(edited) AS edited, sum(kept) AS kept, sum(waiting) AS open,
  round(avg(was_right), 3) AS was_right, round(avg(probability), 3) AS said
FROM (
  SELECT suggester, state = 'live' AND answer = 'accepted' AS accepted, state = 'live' AND answer = 'edited' AS edited,
    state = 'live' AND answer = 'kept' AS kept, 0 AS waiting, was_right, probability
  FROM decisions WHERE suggester IS NOT NULL
  UNION ALL SELECT suggester, 0, 0, 0, 1, NULL, NULL FROM suggestions WHERE closed_by IS NULL
) GROUP BY suggester ORDER BY accepted + edited + kept DESC, suggester
""",
    ),
    Question(
        name="disputes",
        title="Disputes and their reasons",
        description="Every dispute that was not taken back, the newest first, with the decision, what is said of it now"
        " (a settled dispute is approved), and whether it still stands.",
        sql="""
SELECT r.time, r.person AS disputed_by, r.words AS reason, d.seq, d.person AS decided_by, d.document, d.transcript,
  d.line, d.raw, d.becomes, d.state, d.verdict
FROM reviews r JOIN decisions d ON d.seq = r.decision WHERE r.act = 'dispute' ORDER BY r.time DESC, d.seq
""",
    ),
    Question(
        name="batches",
        title="Batches, the largest first",
        description="Decisions of one gesture: how many, by whom, how many of them still stand.",
        sql="""
SELECT batch, count(*) AS decisions, count(*) FILTER (WHERE state = 'live') AS standing,
  group_concat(DISTINCT person) AS persons, group_concat(DISTINCT document) AS documents, min(time) AS time,
  min(raw) AS for_example, count(DISTINCT raw) AS raw_words
FROM decisions WHERE batch IS NOT NULL GROUP BY batch ORDER BY decisions DESC, time, batch
""",
    ),
    Question(
        name="unread",
        title="What nobody has read",
        description="Lines of the raw texts that no person vouches for as they read now, blank lines left out. Give the"
        " name of a transcript to see the lines of one; empty: of all.",
        parameters=("transcript",),
        sql=f"""
SELECT tr.name AS transcript, l.line + 1 AS line, rtrim(l.content, {_BLANKS}) AS raw
FROM lines l JOIN texts t ON t.id = l.text_id JOIN transcripts tr ON tr.sha256 = t.transcript
LEFT JOIN read_lines r ON r.text = t.sha256 AND r.line = l.line
WHERE r.line IS NULL AND trim(l.content, {_BLANKS}) != '' AND (:transcript = '' OR tr.name = :transcript)
ORDER BY tr.name, l.line
""",
    ),
    Question(
        name="unread-by-transcript",
        title="How much nobody has read",
        description="Lines with words on them and how many of these are unread, by transcript, the most unread first.",
        sql=f"""
SELECT tr.name AS transcript, count(*) AS lines, count(*) - count(r.line) AS unread
FROM lines l JOIN texts t ON t.id = l.text_id JOIN transcripts tr ON tr.sha256 = t.transcript
LEFT JOIN read_lines r ON r.text = t.sha256 AND r.line = l.line
WHERE trim(l.content, {_BLANKS}) != '' GROUP BY t.id ORDER BY unread DESC, tr.name
""",
    ),
)  # fmt: skip
