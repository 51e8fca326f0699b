"""Keeps what a customer refuses out of the cup, even where the refusing words are unknown.

An option goes into the cup only if every word before it was understood. "Without any of the usual sugar" refuses the
sugar. In "shun the sugar" the unknown word may refuse it, so the whole phrase becomes a note for the barista. In "a
fluffy oat latte" the unknown word only describes the drink, so the oat goes into the cup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from orders.parser.atoms import Atom, Kind, kinds_of
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import BREAKS, ENDS, Ahead
from orders.parser.reading import Intent
from orders.parser.strangers import with_other_kinds
from orders.parser.words import Token

#: Word kinds that end a refusal. In "no sugar, soy milk" the comma does, so the soy milk is not refused.
_AFRESH = frozenset(
    {
        *(Kind.COMMA, Kind.STOP, Kind.DASH, Kind.DRINK, Kind.CATEGORY, Kind.ASK, Kind.ADD, Kind.MAKE, Kind.SWAP),
        *(Kind.TO, Kind.NAME, Kind.OWNER, Kind.CORRECT, Kind.INSTEAD, Kind.INSTEAD_OF, Kind.LIGHT, Kind.EXTRA),
        *(
            Kind.ANOTHER,
            Kind.REST,
            Kind.NTH,
            Kind.CUP,
            Kind.ONLY,
            Kind.ALL,
            Kind.BUT,
            Kind.IT,
            Kind.PLAIN,
            Kind.WITH,
            Kind.FOR,
        ),
    }
)
#: Word kinds allowed between an option and the "out" or "none" that refuses this option.
_BETWEEN = frozenset({Kind.FILLER, Kind.COMMON, Kind.GROUP, Kind.ASK, Kind.MAKE})
#: Kinds, other than NO, of words that can mean "no", such as "nope" and German "nein".
_ANSWERS = frozenset({Kind.COMMON, Kind.CORRECT})
#: Punctuation marks between an option and a "no" that refuses it.
_BEFORE_NO = frozenset(":?-–—")
#: Word kinds allowed before an adjective of a drink: "a" in "a fluffy oat latte", "large" in "large fluffy oat latte".
_DETERMINES = frozenset({Kind.ARTICLE, Kind.NUMBER, Kind.OPTION, Kind.THE, Kind.ANOTHER, Kind.ASK})
_REFUSING = frozenset({Kind.NO, Kind.DROP})
#: Kinds of things that a longer phrase ending in "no" refuses, such as the bacon in "actually no bacon".
_REFUSED = frozenset({Kind.OPTION, Kind.GROUP})
_THINGS = frozenset({Kind.THE, Kind.DRINK, Kind.OPTION})
_COUNTS = frozenset({Kind.ARTICLE, Kind.NUMBER, Kind.ANOTHER})
_COUNTING = frozenset({Kind.ARTICLE, Kind.NUMBER})
_AMOUNTS = frozenset({Kind.ARTICLE, Kind.NUMBER, Kind.UNIT, Kind.THE, Kind.LIGHT, Kind.EXTRA, Kind.WITH})
_BEGIN = frozenset({Kind.ARTICLE, Kind.NUMBER, Kind.THE})
#: A text without words of these kinds refuses no option. AND is one of them because of menu options such as "without
#: milk": in "without milk and sugar" no other kind shows that the sugar is refused.
_MAY_REFUSE = frozenset(
    {Kind.NO, Kind.DROP, Kind.OUT, Kind.CORRECT, Kind.BUT, Kind.AND, Kind.DASH, Kind.UNKNOWN, Kind.COMMON}
)


@dataclass(slots=True)
class _Refusals:
    atoms: Sequence[Atom]
    tokens: Sequence[Token]
    text: str
    lexicon: Lexicon
    kept: list[Atom] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    #: The index in `kept` of an unknown word that may refuse the next option, such as "shun"; None if there is none.
    doubt: int | None = None
    #: True if a refusal was read and no option has followed yet.
    refusing: bool = False
    #: The words of the last refusal.
    refusal: str = ""
    _ahead: Ahead = field(init=False)

    def __post_init__(self) -> None:
        self._ahead = Ahead(self.atoms, self.lexicon)

    def read(self) -> tuple[list[Atom], list[str]]:
        at = 0
        while at < len(self.atoms):
            if self.atoms[at].kind is Kind.OPTION:
                at = self._option(at)
            else:
                self._word(at)
                at += 1
        return self.kept, self.notes

    def _word(self, at: int) -> None:
        atom = self.atoms[at]
        if atom.kind is Kind.OUT and self._is_of_a_drink():
            # "Leave the espresso out" drops a drink and does not refuse an option.
            atom = replace(atom, kind=Kind.DROP)
        what = at + 1 + (self._ahead.kind(at + 1) in _COUNTING)
        if atom.kind is Kind.DROP and (
            self._ahead.ends(at)
            or self._ahead.drink(what) is not None
            or self._counts_cups(at + 1)
            or self._counts_described(at + 1)
        ):
            # In "cancel the oat latte" the verb drops the drink and does not refuse the oat.
            self.refusing, self.doubt = False, None
        elif self._refuses(at):
            if self._chooses(at) or self._corrects(at):
                self.kept.append(replace(atom, kind=Kind.CORRECT))
                return
            self.refusing, self.doubt, atom = True, None, replace(atom, kind=Kind.NO)
            self.refusal = atom.text
            if atom.start < atom.end and (every := self._every_before(at)):
                option = at + 1 + (self._ahead.kind(at + 1) is Kind.THE)
                self.notes.append(self._typed(every, self.atoms[self._end_of_list(option) - 1]))
        elif atom.kind in _AFRESH or (atom.kind in _BEGIN and self._ahead.drink(at + 1) is not None):
            # "With" does not end a refusal: "not with soy" refuses the soy.
            self.refusing = self.refusing and atom.kind is Kind.WITH
            self.doubt = None
        elif atom.kind is Kind.AND:
            self.doubt = None
        elif self.doubt is None and not self.refusing and self._is_unread(atom):
            self.doubt = len(self.kept)
        if atom.text in self.lexicon.table.describing and self._ahead.kind(at + 1) is Kind.OPTION:
            # "Raw sugar" means the option "sugar", so "raw" is an everyday word here.
            atom = replace(atom, kind=Kind.COMMON)
        self.kept.append(replace(atom, kind=Kind.AND) if atom.kind is Kind.BUT else atom)

    def _option(self, at: int) -> int:
        """Keep the option at `at` as wanted or as refused, or put it into a note. Return the index where reading
        continues."""
        atom = self.atoms[at]
        refused_after = self._refused_after(at)
        if refused_after:
            # In "leave the sugar out", the "out" makes clear that "leave" refuses the sugar.
            self.doubt = None
            while self.kept and self.kept[-1].kind in _COUNTING:
                # In "leave two sugars out", the number counts no cups.
                self.kept.pop()
        if self._is_signed(at):
            # The minus sign in "latte -sugar" may refuse the sugar or list it, so the barista decides.
            self.notes.append(self._typed(self.kept.pop(), atom))
            return at + 1
        if self.doubt is not None and self._is_size_beside_unknown(self.doubt, atom):
            self.doubt = None
        if self.doubt is not None and not self._is_one_unknown(at) and not self._is_adjective(self.doubt, at):
            end = self._end_of_list(at)
            while self.doubt and self.kept[self.doubt - 1].kind in _AMOUNTS:
                # A number before the unknown word belongs to the note, too: "2 flurp sugars".
                self.doubt -= 1
            first = next(one for one in self.kept[self.doubt :] if one.kind is not Kind.WITH)
            self.notes.append(self._typed(first, self.atoms[end - 1]))
            del self.kept[self.doubt :]
            self.doubt = None
            return end
        cut_off = self.refusing and self.kept[-1].kind in (Kind.UNKNOWN, Kind.COMMON)
        if cut_off or refused_after:
            self.kept.append(Atom(Kind.NO, atom.start, atom.start, self.refusal))
        self.kept.append(atom)
        self.refusing = False
        return at + 1

    def _is_signed(self, at: int) -> bool:
        """Return whether the option at `at` has a minus sign right before it, and the sign a blank: "latte -sugar"."""
        sign = self.tokens[self.atoms[at].start - 1] if at else None
        if sign is None or sign.kind != "dash":
            return False
        if self.lexicon.is_size(self.atoms[at].meanings):
            return False
        if sign.start == 0:
            # "-large latte" begins a list.
            return all(atom.kind is not Kind.DRINK for atom in self.atoms)
        return sign.end == self.tokens[self.atoms[at].start].start and self.text[sign.start - 1] == " "

    def _is_of_a_drink(self) -> bool:
        """Return whether the last thing named so far is a drink with "the" before it, and no option: the espresso of
        "leave the espresso out"."""
        said = [atom.kind for atom in self.kept if atom.kind in _THINGS]
        return said[-2:] == [Kind.THE, Kind.DRINK]

    def _refuses(self, at: int) -> bool:
        """Return whether the phrase at `at` refuses what follows."""
        atom = self.atoms[at]
        if atom.kind is Kind.BUT:
            # In "any milk but almond" the "but" stands after the name of an option group, so it refuses the almond.
            return any(before.phrase in self.lexicon.group_words for before in self.kept[-1:])
        # "Actually no bacon" refuses the bacon. With a comma, "actually no, bacon" orders it.
        return atom.kind in _REFUSING or self._refuses_next(at)

    def _every_before(self, at: int) -> Atom | None:
        """Return the "everything" of "everything but onions", where `at` is the index of the refusing words.

        The barista gets the whole phrase as a note. Return None for a refusal without such a word."""
        option = at + 1 + (self._ahead.kind(at + 1) is Kind.THE)
        groups = [self.lexicon.groups.get(m.group) for one in self.atoms[option : option + 1] for m in one.meanings]
        if not any(group is not None and group.choose == "many" for group in groups):
            return None
        start = next((place + 1 for place in range(at, -1, -1) if self.atoms[place].kind in BREAKS), 0)
        if at == start + 1 and self.lexicon.table.excepting.isdisjoint(self.atoms[at].text.split()):
            several = [one for one in self.atoms if one.kind is Kind.DRINK][1:]
            if several or any(one.value > 1 for one in self.atoms):
                # After two mochas, "all without sugar" means both cups, and the refusal says it already.
                return None
        return next(filter(self._is_all, self.atoms[start : at + 1]), None)

    def _is_all(self, atom: Atom) -> bool:
        return atom.kind is Kind.ALL or self.lexicon.table.kind(tuple(atom.text.split()[:1])) is Kind.ALL

    def _corrects(self, at: int) -> bool:
        """Return whether a "no" corrects what was said before, so that the option after it is wanted.

        It does in "no caramel instead", and before every size ("no large is better"), because nobody refuses a size.
        In "no caramel" it refuses the caramel."""
        after = self.atoms[at + 1 : at + 2]
        if not self._ahead.is_answer_no(self.atoms[at]):
            return False
        if not self.lexicon.table.no_negates and kinds_of(self.atoms[at + 1 : at + 3])[:2] == (Kind.THE, Kind.DRINK):
            # "No the mocha" says which drink was meant, while "no mocha" refuses the mocha.
            return True
        if self._ahead.kind(at + 1) is not Kind.OPTION:
            return False
        if self.lexicon.table.no_negates:
            # Spanish "no" also means "not", so it refuses the size in "mediano, no grande" (medium, not large).
            return False
        groups = {self.lexicon.groups[meaning.group].role for one in after for meaning in one.meanings}
        return groups == {"size"} or (self._ahead.kind(at + 2) is Kind.INSTEAD and self._ahead.ends(at + 2))

    def _chooses(self, at: int) -> bool:
        """Return whether a "no" answers a question, so that the option after it is wanted.

        "No almond not oat" means "no, almond, and not oat". "No almond no oat" refuses both options."""
        if kinds_of(self.atoms[at + 1 : at + 4])[:3] != (Kind.OPTION, Kind.NO, Kind.OPTION):
            return False
        wanted, no, refused = self.atoms[at + 1 : at + 4]
        last = self.atoms[at].text.rsplit(maxsplit=1)[-1]
        answers = self.lexicon.table.messages.get((last,)) is Intent.NO and not self._ahead.is_answer_no(no)
        groups = {m.group for m in wanted.meanings if self.lexicon.groups[m.group].choose == "one"}
        return answers and any(m.group in groups for m in refused.meanings)

    def _refuses_next(self, at: int) -> bool:
        if self._ahead.kind(at + 1) not in _REFUSED:
            return False
        last = self.atoms[at].text.rsplit(maxsplit=1)[-1]
        return self.lexicon.table.kind((last,)) is Kind.NO

    def _counts_cups(self, at: int) -> bool:
        """Return whether the word at `at` only counts cups, such as "one" in "drop one"."""
        return self._ahead.kind(at) in (*_COUNTING, Kind.REST) and self._ahead.ends(at)

    def _counts_described(self, at: int) -> bool:
        """Return whether the number at `at` counts cups by their option: "drop TWO oat"."""
        option = at + 1 + (self._ahead.kind(at + 1) is Kind.WITH)
        several = any(atom.kind is Kind.NUMBER and atom.value > 1 for atom in self.atoms[at : at + 1])
        return several and self._ahead.kind(option) is Kind.OPTION

    def _is_unread(self, atom: Atom) -> bool:
        table = self.lexicon.table
        if atom.kind is Kind.UNKNOWN:
            # Some unknown words are known to refuse nothing, such as "verde", a part of the drink's name in "un té
            # verde grande" (a large green tea).
            return not any(atom.text in known for known in (table.describing, table.names, table.other_kinds))
        # A corrected word counts as unknown, because its correction can be wrong: "shun" is not a misspelt "shut".
        corrected = atom.text != " ".join(token.text for token in self.tokens[atom.start : atom.end])
        return atom.kind is Kind.COMMON and (corrected or atom.text in table.doubtful)

    def _is_adjective(self, doubt: int, at: int) -> bool:
        """Return whether the unknown word at index `doubt` describes the drink and refuses nothing: "fluffy" in "a
        fluffy oat latte"."""
        if self._ahead.drink(at + 1) is None:
            return False
        first = self.kept[doubt]
        before = kinds_of(self.kept)[doubt - 1]
        return first.kind is Kind.UNKNOWN and (before in _DETERMINES or first.text in self.lexicon.table.things)

    def _is_size_beside_unknown(self, doubt: int, atom: Atom) -> bool:
        """Return whether the option is a size that the unknown word before it cannot refuse.

        In "with coconut milk large" the unknown "coconut" stands after "with", so it is no verb that refuses."""
        sizes = self.lexicon.is_size(atom.meanings)
        before = kinds_of(self.kept[max(doubt - 3, 0) : doubt])
        # In French, the size can stand after the name of an unknown drink: "un café viennois grand".
        describes = not self.lexicon.table.options_first and before[-2:-1] == (Kind.DRINK,)
        return sizes and (Kind.WITH in before or describes)

    def _is_one_unknown(self, at: int) -> bool:
        """Return whether the unknown word and the option name one thing that is not on the menu, such as "macadamia
        milk".

        `merge_atoms` joins the two words later."""
        if self.kept[-1].kind is not Kind.UNKNOWN:
            return False
        counted = len(self.kept) > 1 and self.kept[-2].kind in _COUNTS and self._ahead.ends(at)
        return counted or self.atoms[at].phrase in self.lexicon.group_words

    def _end_of_list(self, at: int) -> int:
        """Return the index after the list of options that begins at `at`, such as "oat and soy"."""
        end = at + 1
        while self._joins(end) and self._ahead.kind(end + 1) is Kind.OPTION:
            if self._ahead.drink(end + 1) is not None:
                break
            end += 2
        while self._ahead.kind(end) in (Kind.OUT, Kind.GROUP):
            end += 1
        return end

    def _joins(self, at: int) -> bool:
        """Return whether the atom at `at` joins two options of a list: "and", "or", or a "no" that the text leaves out.

        `with_lists_refused` puts such a "no" in the place of the comma in "no sugar, honey or cream"."""
        implied = any(atom.kind is Kind.NO and atom.start == atom.end for atom in self.atoms[at : at + 1])
        return implied or self._ahead.kind(at) in (Kind.AND, Kind.OR)

    def _refused_after(self, at: int) -> bool:
        """Return whether a refusal follows the option at `at`, as in "leave the sugar out" and "sugar: none"."""
        if any(atom.text in self.lexicon.table.sparing for atom in self.kept[-2:]):
            # "Don't leave the sugar out" refuses nothing.
            return False
        kind, end = self._ahead.kind, self._past_joined(at)
        # A punctuation mark can stand before the refusal: "sugar: none", "sugar? no thanks", "sugar - no".
        end += any(self.tokens[atom.start].raw in _BEFORE_NO for atom in self.atoms[end : end + 1])
        while kind(end) in _BETWEEN and not self._says_no(self.atoms[end]):
            end += 1
        if self.kept and self.kept[-1].kind in _COUNTS and not self._ahead.countable(self.atoms[at]):
            # "Another large without" orders a large cup without extras. The "without" does not refuse the size.
            return False
        says_no = any(map(self._says_no, self.atoms[end : end + 1]))
        return kind(end) is Kind.OUT or (says_no and kind(end + 1) in (*ENDS, Kind.FILLER))

    def _says_no(self, atom: Atom) -> bool:
        return atom.kind is Kind.NO or (atom.kind in _ANSWERS and self._ahead.is_answer_no(atom))

    def _past_joined(self, at: int) -> int:
        """Return the index after all options that a following "out" refuses together with the option at `at`.

        "Leave the sugar and the foam out" refuses both. "With sugar and foam out" refuses only the foam."""
        kind, end = self._ahead.kind, at + 1
        while kind(end) is Kind.AND:
            end += 1 + (kind(end + 1) is Kind.THE)
            if kind(end) is not Kind.OPTION:
                return at + 1
            end += 1
        return at + 1 if any(atom.kind is Kind.WITH for atom in self.kept[-1:]) else end

    def _typed(self, first: Atom, last: Atom) -> str:
        return self.text[self.tokens[first.start].start : self.tokens[last.end - 1].end]


def read_refusals(
    atoms: Sequence[Atom], tokens: Sequence[Token], text: str, lexicon: Lexicon
) -> tuple[list[Atom], list[str]]:
    """Return the atoms (parsed words) with a `Kind.NO` before each refused option, and notes about uncertain
    refusals."""
    if not any(atom.kind in _MAY_REFUSE for atom in atoms):
        return [*atoms], []
    return _Refusals(with_other_kinds(atoms, lexicon), tokens, text, lexicon).read()
