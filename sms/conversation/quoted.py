"""Recognizes texts that quote Expresso's own texts: a phone's reaction to a message, or our words copied or
forwarded."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sms.conversation.spoken import folded_text, in_every_language

#: Matches the form of a phone's reaction: words, one quotation, words. An example is Liked “Got it: …”. The end can be
#: cut off.
_QUOTATION = re.compile(r"""(?P<before>[^"“”„«]*)["“”„«](?P<said>.*?)(?:["“”»](?P<after>[^"“”„«»]*))?$""", re.DOTALL)
#: Maximum number of words in a reaction outside the quotation. "Removed an exclamation mark from" has five.
_MOST_WORDS = 8
_EMOJI = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff]")
#: Signs that a text might repeat one of ours: quotation marks, an order's code, several lines, "Fwd:".
_MAY_QUOTE = re.compile(r"""["“”„«»>]|\([A-Z]\d{2,}\)|\n|^\W*(?:fwd?|wg|tr|rv)\s*:""", re.IGNORECASE)
#: Matches our text that confirms an order, in any language: a word, the drinks, the order's code in brackets, the wait.
#: An example is "Got it: large latte (A01), ready in 2-4 min." The order can be another customer's, if that customer
#: forwarded our text.
_CONFIRMATION = re.compile(r"""[^.:!?>"()]{2,24}:[^:"]*?\([A-Z]\d{2,}\)[^."]{0,60}?\d\s?min\b\.?""")
_PREFIX = re.compile(r"^\W*(?:fwd?|wg|tr|rv)\s*:", re.IGNORECASE)
#: Minimum length of a quotation that is compared with our texts, in characters. A shorter one can be the customer's own
#: words.
_SHORTEST = 12
_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "\u00a0": " "})


def is_reaction(text: str) -> bool:
    """Return whether the text is a phone's reaction to a message, such as Liked “Got it: …” or ❤️ to “…”. All languages
    count."""
    said = folded_text(text)
    if in_every_language("reactions").fullmatch(said.strip(" .!")):
        return True
    found = _QUOTATION.match(text.strip())
    if found is None:
        return False
    before, after = found["before"], found["after"] or ""
    if len((before + after).split()) > _MOST_WORDS or not _reacts(before, begins=True):
        return False
    return not after.strip(" .!") or _reacts(after, begins=False)


def _reacts(words: str, *, begins: bool) -> bool:
    if _EMOJI.search(words):
        return True
    folded = folded_text(words).strip()
    reactions = in_every_language("reactions")
    return bool(reactions.match(folded) if begins else reactions.search(folded))


def may_quote(text: str) -> bool:
    """Return whether the text might quote one of our texts. Only then are our texts loaded from the database."""
    return len(text) >= _SHORTEST and bool(_MAY_QUOTE.search(text))


def without_our_words(text: str, said: Iterable[str]) -> str:
    """Return the text without the parts that repeat our texts (`said`). Return "" if no words of the customer are
    left."""
    rest = _CONFIRMATION.sub(" ", _one_line(text))
    for ours in sorted(filter(None, map(_one_line, said)), key=len, reverse=True):
        if len(ours) >= _SHORTEST:
            rest = rest.replace(ours, " ")
            rest = _without_parts(rest, ours)
    if rest == _one_line(text):
        return text
    rest = _PREFIX.sub("", rest)
    return rest.strip(" \"'>") if re.search(r"\w", rest) else ""


def _without_parts(text: str, ours: str) -> str:
    """Remove quotations that contain only the beginning of our text, because phones cut long quotations off."""
    for quoted in re.findall(r'"([^"]+)"?', text):
        begins = quoted.strip(" .…")
        if len(begins) >= _SHORTEST and ours.startswith(begins):
            text = text.replace(quoted, " ")
    return text


def _one_line(text: str) -> str:
    return " ".join(text.translate(_MARKS).split())
