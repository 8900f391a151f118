"""An evaluation in words: the table that a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def _over(a: float, b: float) -> float:
    return a / b if b else 0.0


def in_words(record: Mapping[str, Any], threshold: float) -> str:
    """A report as lines of text."""

    def rate(name: str) -> str:
        between = record["intervals"].get(name)
        return f"{record[name]:8.2%}" + (f"  ({between[0]:.2%} to {between[1]:.2%})" if between else "")

    better, same, worse = record["better_same_worse"]
    lines = [
        f"{record['documents']} documents, {record['words']} words, {record['places']} places that differ",
        "",
        f"CER as read             {rate('cer')}",
        f"CER, accepting at {threshold:.2f}  {rate('cer_after')}   {better} better, {same} same, {worse} worse",
        f"WER as read             {rate('wer')}",
        f"WER, accepting at {threshold:.2f}  {rate('wer_after')}",
        "",
        f"precision               {record['precision']:8.3f}",
        f"recall                  {record['recall']:8.3f}",
        f"F1                      {record['f1']:8.3f}",
        f"first candidate right   {record['first']:8.3f}",
        f"one of five right       {record['first_five']:8.3f}",
        f"calibration error       {record['calibration_error']:8.3f}",
        f"false alarms            {record['alarms']:8.2f} in 1,000 words",
        "",
        "kind       places  found",
    ]
    lines += [
        f"{kind:10} {n['places']:6}  {_over(n['found'], n['places']):5.0%}" for kind, n in record["kinds"].items()
    ]
    lines += ["", "chance   suggestions  right"]
    lines += [
        f"{bin_ / len(record['calibration']):.1f}      {cell['count']:8}     {cell['right']:5.0%}"
        for bin_, cell in enumerate(record["calibration"])
        if cell["count"]
    ]
    return "\n".join(lines) + "\n"
