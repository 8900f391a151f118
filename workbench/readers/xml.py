"""XML from elsewhere: without document types and entities, which is how XML is turned against its reader."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from workbench.core.errors import UnreadableError


def begins_with(tag: re.Pattern[str], content: str, *, within: int = 10_000) -> bool:
    """Is it markup that has such a tag among its first code points? Comments may come before."""
    head = content[:within].lstrip("\ufeff \t\r\n")
    return head.startswith("<") and tag.search(head) is not None


def parsed(content: str, *, root: str, format: str) -> ElementTree.Element:
    """The root of a file in a format; raises UnreadableError for XML that is broken or of another format."""
    if "<!DOCTYPE" in content or "<!ENTITY" in content:
        raise UnreadableError(f"this XML declares a document type or entities, which {format} has not")
    try:
        found = ElementTree.fromstring(content.lstrip("\ufeff \t\r\n"))
    except (ElementTree.ParseError, ValueError) as error:
        raise UnreadableError(f"this XML is broken: {error}") from error
    if name(found) != root:
        raise UnreadableError(f"this XML is no {format}, its root is {name(found)!r}")
    return found


def name(element: ElementTree.Element) -> str:
    """The name of an element without its namespace: versions differ in nothing else that is read."""
    return element.tag.rpartition("}")[2]
