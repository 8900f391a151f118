"""Documents and decisions to bytes. Every exporter is a pure function from an `Export` to text."""

from __future__ import annotations

from collections.abc import Callable

from workbench.exporters.frame import Export
from workbench.exporters.jsonl import write_jsonl
from workbench.exporters.markdown import write_markdown
from workbench.exporters.plain import write_plain

EXPORTERS: dict[str, Callable[[Export], str]] = {
    "txt": write_plain,
    "md": write_markdown,
    "jsonl": write_jsonl,
}
"""Every exporter by the name of its format, which is also the file's extension."""

__all__ = ["EXPORTERS", "Export"]
