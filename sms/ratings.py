"""How it was, as people text it: a number, stars, or words of praise and blame. No menu is needed to tell."""

from __future__ import annotations

import re

from orders.parser.words import clean, fold

_NUMBERS = {
    "1": 1, "one": 1, "eins": 1, "uno": 1,
    "2": 2, "two": 2, "zwei": 2, "dos": 2, "deux": 2,
    "3": 3, "three": 3, "drei": 3, "tres": 3, "trois": 3,
    "4": 4, "four": 4, "vier": 4, "cuatro": 4, "quatre": 4,
    "5": 5, "five": 5, "funf": 5, "fuenf": 5, "cinco": 5, "cinq": 5,
}  # fmt: skip
_SCORE = re.compile(rf"\W*({'|'.join(_NUMBERS)})\b(?:/5\b|(?![.,/]?\d))")
_OF_TEN = re.compile(r"\W*(10|[0-9])\s*/\s*10\b")
_STAR = re.compile(r"[⭐★🌟]")

_PRAISE = (
    "great|good|best|lovely|perfect|delicious|awesome|amazing|tasty|yum|yummy|excellent|fantastic|wonderful|brilliant"
    "|superb|love|loved|liked|enjoyed|happy|nice|meh|average|not bad|so so"
    "|lecker|super|toll|gut|kostlich|perfekt|klasse|spitze|prima|wunderbar|hervorragend|geschmeckt|schmeckt"
    "|rico|riquisimo|delicioso|bueno|buenisimo|excelente|perfecto|genial|increible|encanto|gusto"
    "|bon|delicieux|parfait|geniale?|excellente?|adore"
)
_BLAME = (
    "bad|awful|terrible|horrible|worst|hated?|disgusting|gross|undrinkable|burnt|watery|lukewarm|was|were|tasted"
    "|schlecht|furchtbar|schrecklich|eklig|war|malo|malisimo|estaba|estuvo|fria|mauvaise?|etait|degueulasse"
    "|too \\w+|zu (?:kalt|heiss|suss|stark|schwach|bitter)|demasiado|trop"
    "|(?:bit|little|etwas|poco|peu) "
    "(?:weak|cold|hot|bitter|sweet|strong|milky|burnt|schwach|kalt|bitter|frio|froid|amer)"
)
_JUDGES = re.compile(rf"\b(?:{_PRAISE}|{_BLAME})\b")
#: Somebody who asks for more does not judge: "another lovely latte please".
_ASKS = re.compile(
    r"\?|\b(?:please|pls|plz|can i|could i|may i|can we|could we|id like|id love|i want|get me|give me|another|again"
    r"|one more|bitte|noch|mochte|hatte gern|por favor|quiero|quisiera|otro|otra|svp|sil vous|sil te|voudrais|encore)\b"
    r"|^\W*(?:a|an|ein|eine|einen|una|une|\d+)\s+(?!bit\b|little\b|poco\b|peu\b|stars?\b|sterne?\b|out\b|von\b)[a-z]"
)


def score_in(text: str) -> int | None:
    """1 to 5, where the text begins with it ("4", "5/5", "three stars", "8/10") or gives stars."""
    folded = _folded(text)
    if stars := len(_STAR.findall(text)):
        return min(stars, 5)
    if of_ten := _OF_TEN.match(folded):
        return max(1, (int(of_ten[1]) + 1) // 2)
    found = _SCORE.match(folded)
    return _NUMBERS[found[1]] if found else None


def judges(text: str) -> bool:
    """Praises or blames, and asks for nothing."""
    folded = _folded(text)
    return bool(_JUDGES.search(folded)) and not _ASKS.search(folded)


def _folded(text: str) -> str:
    return fold(clean(text))
