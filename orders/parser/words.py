"""First stage: cuts a text into tokens. A token keeps the word as typed, and a folded form (lower case, no accents)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import count
from typing import Literal

from orders.parser.languages import LANGUAGES

TokenKind = Literal["word", "number", "comma", "stop", "dash"]


# Tokens are never changed. Yet the class is not frozen, because frozen objects take longer to create, and each text has
# many tokens.
@dataclass(slots=True)
class Token:
    kind: TokenKind
    #: The word in lower case, without accents and apostrophes.
    text: str
    #: The word as typed.
    raw: str
    start: int
    end: int
    #: The word without its plural ending. Menu words are compared in this form.
    stem: str = ""
    number: float = 0.0


@cache
def _pieces() -> re.Pattern[str]:
    """Return the pattern of a token: `_PIECES` with the ordinal endings ("1st") and the words with a slash ("w/o") of
    all languages."""
    endings = sorted({end for language in LANGUAGES.values() for end in language.ordinal_endings.split()}, key=len)
    slashed = {
        phrase.strip()
        for language in LANGUAGES.values()
        for phrases in language.phrases.values()
        for phrase in phrases.split(",")
        if "/" in phrase
    }
    return re.compile(
        _PIECES.replace("ENDINGS", "|".join(reversed(endings)) or "(?!)").replace(
            "SLASHED",
            "|".join(
                rf"{re.escape(word)}(?!\w)" if word[-1] != "/" else re.escape(word)
                for word in sorted(slashed, key=len, reverse=True)
            )
            or "(?!)",
        ),
        re.VERBOSE,
    )


_PIECES = r"""
      (?P<clock>\d{1,2}[:h]\d{2}(?!\d))
    | (?P<ordinal>\d+(?:ENDINGS)(?!\w))
    | (?P<fraction>\d{1,2}\s?[/⁄]\s?\d{1,2}(?!\d))
    | (?P<number>\d+(?:[.,]\d+)?)
    | (?P<degrees>°\s?[CFcf](?!\w)|°|(?<=\d\d)[CFcf](?!\w)|(?<=\d\d\ )[CF](?!\w))
    | (?P<short>SLASHED|[+&×👍👎❌🚫])
    | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)
    | (?P<stop>[.!?;\n…]+)
    | (?P<comma>[,:()\[\]/|•*]+)
    | (?P<dash>(?:(?<=\s)|^)[-–—~]+(?=\s|[^\W_])|[-–—]+(?=\s)|[–—]+)
"""
_OF_LETTERS = frozenset({"word", "short", "ordinal"})
_DIGIT = re.compile(r"\d")
#: The sign for degrees as some keyboards write it: "60º".
_DEGREES = re.compile(r"(?<=\d\d)\s?[º˚]")
_BEFORE_FRACTION = re.compile(r"(?<=\d)(?=[¼½¾⅓])")
_CLOCKS = re.compile(r"(?:\b[^\W\d_]{1,3} )?(?<!\d)\d{1,2}[:h]\d{2}(?!\d)")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "\u200d": " "})
#: Pattern of a correction with the star at its end: "mocha*" means the same as "*mocha".
_STARRED = re.compile(r"^\s*([^\W\d_][^*\n]{0,60})(?<=\w)\*\s*$")
#: Pattern of single letters with dots: "s.v.p." means the same as "svp".
_ABBREVIATED = re.compile(r"(?<![\w.])(?:[^\W\d_]\.){2,}[^\W\d_]?(?![\w])|(?<![\w.])[^\W\d_]\.[^\W\d_]\.?(?![\w.])")
_EMOJI = "[\U0001f300-\U0001faff\u2600-\u26ff\u2700-\u274b\u274d-\u27bf\ufe0f]"
#: Pattern of emoji before the last word of a text. They are read as a comma, because this word is usually a name:
#: "danke 😊 Anna".
_BEFORE_LAST = re.compile(rf"(?<=[\w!.]) ?(?:(?![👍👎🚫]){_EMOJI})+ ?(?=[^\W\d_]+\W*$)")
#: Pattern of the beginning of a numbered list, such as "1. latte 2. mocha" or "1) latte".
_LISTED = re.compile(r"(?:^|[:!\n])\s*1[.)]\s+\S")
_LIST_NUMBER = re.compile(r"(?<!\S)(\d{1,2})[.)](?=\s+\S)")
#: Maximum number of digits in a number that can count something.
_LONGEST_NUMBER = 4


def clean(text: str, *, with_list_numbers: bool = False) -> str:
    """Return the text with one spelling for what people type in several ways: curly quotes, ½, "s.v.p.", numbered
    lists.

    `with_list_numbers`: keep the numbers of a numbered list, which count nothing."""
    # Quotes are replaced first, because the normalization (NFKC) would turn a spacing acute accent into a blank.
    text = text.translate(_QUOTES)
    if not text.isascii():
        # A blank is put before the "½" of "1½", because the normalization (NFKC) would turn it into "11⁄2".
        text = unicodedata.normalize("NFKC", _BEFORE_FRACTION.sub(" ", _DEGREES.sub("°", text)))
        text = _BEFORE_LAST.sub(", ", text)
    if _DIGIT.search(text):
        text = _after_numbers().sub(
            lambda match: f"{match[1]} {_written_out()[match[2].lower()]}{match[3] and ' '}", text
        )
    if text.count(".") > 1:
        text = _ABBREVIATED.sub(lambda match: match.group().replace(".", ""), text)
    text = _STARRED.sub(r"*\1", text) if "*" in text else text
    return text if with_list_numbers else _unnumbered(text)


@cache
def _written_out() -> dict[str, str]:
    """Return the signs and letters for units that follow a number without a blank, each with its word: "inch" for the
    sign in 6"."""
    return {short: word for language in LANGUAGES.values() for short, word in language.after_numbers.items()}


@cache
def _after_numbers() -> re.Pattern[str]:
    units = "|".join(re.escape(short) + (r"(?!\w)" if short.isalpha() else "") for short in _written_out()) or "(?!)"
    return re.compile(rf"(?<!\w)(\d+)({units})(?=(\w?))", re.IGNORECASE)


def _unnumbered(text: str) -> str:
    """Replace the numbers of a numbered list by line breaks, because these numbers count nothing."""
    if not _LISTED.search(text):
        return text
    places = count(1)
    due = next(places)

    def line(match: re.Match[str]) -> str:
        nonlocal due
        if int(match.group(1)) != due:
            return match.group()
        due = next(places)
        return "\n"

    return _LIST_NUMBER.sub(line, text)


def clocks(text: str) -> list[str]:
    """Return the times of day in the text, each with the preposition before it, such as "at 10:45"."""
    return _CLOCKS.findall(text) if _DIGIT.search(text) else []


def pieces(text: str) -> list[str]:
    """Return all words, numbers, times of day and signs of a cleaned text, as they were typed."""
    return [match.group() for match in _pieces().finditer(text)]


def tokenize(text: str, most: int | None = None) -> list[Token]:
    """Return the first `most` tokens of a cleaned text, or all if `most` is None.

    Blanks, most emoji and times of day are left out."""
    matches = [match for match in _pieces().finditer(text) if match.lastgroup != "clock"]
    tokens = [_token(match) for match in matches[:most]]
    endings = _endings()
    if [token for token in tokens if token.text.endswith(endings)]:
        return [part for token in tokens for part in _parts(token)]
    return tokens


@cache
def _endings() -> tuple[str, ...]:
    return tuple({fold(word) for language in LANGUAGES.values() for word in language.compounded.split()})


@cache
def _compounded() -> re.Pattern[str]:
    """Return a pattern of words for an allergy at the end of a longer word, as in "nutallergy" and German
    "Nussallergie"."""
    words = {form for each in LANGUAGES.values() for word in each.compounded.split() for form in (word, fold(word))}
    longest_first = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<=[^\W\d_])(?:{longest_first or '(?!)'})(?!\w)", re.IGNORECASE)


def compounds_apart(text: str) -> str:
    """Return the text with words for an allergy split off: German "Nussallergie" becomes "Nuss allergie"."""
    return _compounded().sub(r" \g<0>", text)


def _parts(token: Token) -> Iterator[Token]:
    found = _compounded().search(token.raw)
    at = found.start() if found else 0
    for raw, start in ((token.raw[:at], token.start), (token.raw[at:], token.start + at)) if at else ():
        yield Token("word", fold(raw), raw, start, start + len(raw), stem(fold(raw)))
    if not at:
        yield token


def _token(match: re.Match[str]) -> Token:
    raw, (start, end) = match.group(), match.span()
    kind = match.lastgroup
    if kind in _OF_LETTERS:
        folded = fold(raw)
        return Token("word", folded, raw, start, end, stem(folded))
    if kind == "degrees":
        return Token("word", "°", raw, start, end, "°")
    if kind in ("fraction", "number"):
        return Token("number", raw, raw, start, end, raw, _value(raw))
    if kind == "stop":
        # Several dots are a pause and no end of a sentence, so they are read as a comma.
        if raw.strip(".…") == "" and len(raw) + raw.count("…") > 1:
            return Token("comma", ",", raw, start, end)
        return Token("stop", "?" if "?" in raw else ".", raw, start, end)
    if kind == "dash":
        return Token("dash", "-", raw, start, end)
    return Token("comma", raw if raw in (":", "(") else ",", raw, start, end)


def undotted(tokens: Sequence[Token], dotted: Mapping[str, str]) -> Sequence[Token]:
    """Return the tokens, with each abbreviation that ends in a dot written out: the German "m. Hafer" as "mit Hafer".

    `dotted`: the full word of each abbreviation of the language. At the end of the text a dot ends the sentence."""
    found: list[Token] = []
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        adjacent = token.raw == "." and before.end == token.start
        if adjacent and before.text in dotted and after.kind in ("word", "number"):
            full = fold(dotted[before.text])
            found.append(Token("word", full, before.raw, before.start, token.end, stem(full)))
    if not found:
        return tokens
    replaced = {token.start: token for token in found}
    ends = {token.end for token in found}
    return [replaced.get(token.start, token) for token in tokens if not (token.raw == "." and token.end in ends)]


def _value(raw: str) -> float:
    over, _, under = re.sub(r"[\s⁄]", lambda m: "" if m.group().isspace() else "/", raw).partition("/")
    if under:
        return int(over) / int(under) if int(under) else -1.0
    if len(over.split(",")[0].split(".")[0]) > _LONGEST_NUMBER:
        return -1.0
    return float(over.replace(",", "."))


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    if word.isascii():
        return word.lower().replace("'", "")
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c != "'")


@cache
def _short_and() -> frozenset[str]:
    """Return short spellings of "and", such as the "&" of "carrot & ginger" and the "n" of "carrot n ginger"."""
    return frozenset({"&", "+", *(language.short_and for language in LANGUAGES.values() if language.short_and)})


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return the word without a plural ending, so that "berries" and "berry" have the same stem."""
    if word in _short_and():
        return "and"
    if len(word) == 3 and word[-1] == "s" and word[1] not in "aeious":
        return word[:-1]
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "su":
        word = word[:-1]
        if word.endswith(("che", "she", "xe", "sse", "oe")):
            word = word[:-1]
    if len(word) > 3 and word.endswith("ie"):
        word = word[:-2] + "y"
    return word


@lru_cache(maxsize=256)
def stems(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase without plural endings. Texts are compared with the menu in this form."""
    return tuple(t.stem for t in tokenize(clean(phrase)) if t.kind in ("word", "number"))


def folded(phrase: str) -> tuple[str, ...]:
    """Return the folded words of a phrase (lower case, no accents). Unlike `stems`, this keeps plural endings."""
    return tuple(t.text for t in tokenize(clean(phrase)) if t.kind in ("word", "number"))


def as_name(text: str) -> str:
    """Return the name as typed. If all letters are small or all are capitals, each word gets a capital first letter."""
    if not (text.islower() or (text.isupper() and len(text) > 2)):
        return text
    return "".join(c.upper() if not at or not text[at - 1].isalpha() else c.lower() for at, c in enumerate(text))
