"""Keeps what a customer refuses out of the cup, even where the refusing words are unknown.

An option is made only if every word that leads to it was understood. After a known refusal ("without any of the
usual sugar") the option is refused. After an unknown word ("shun the sugar") the words become a note for the barista.
The only unknown word that changes nothing is an adjective before the drink ("a fluffy oat latte")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from orders.parser.atoms import Atom, Kind
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import BREAKS, Ahead
from orders.parser.reading import Intent
from orders.parser.words import Token

#: Kinds of atoms that end a refusal: words before them do not refuse what follows.
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
#: Kinds of atoms that may stand between an option and the "out" or "none" after it.
_BETWEEN = frozenset({Kind.FILLER, Kind.COMMON, Kind.GROUP, Kind.ASK, Kind.MAKE})
#: Kinds of atoms that may stand before an adjective of a drink: "a fluffy oat latte", "large fluffy oat latte".
_DETERMINES = frozenset({Kind.ARTICLE, Kind.NUMBER, Kind.OPTION, Kind.THE, Kind.ANOTHER, Kind.ASK})
_COUNTS = frozenset({Kind.ARTICLE, Kind.NUMBER, Kind.ANOTHER})
_COUNTING = frozenset({Kind.ARTICLE, Kind.NUMBER})
_AMOUNTS = frozenset({Kind.ARTICLE, Kind.NUMBER, Kind.UNIT, Kind.THE, Kind.LIGHT, Kind.EXTRA, Kind.WITH})
_BEGIN = frozenset({Kind.ARTICLE, Kind.NUMBER, Kind.THE})
#: Kinds of atoms without which a text refuses no option. The word before "and" may be the menu's "without milk".
_MAY_REFUSE = frozenset({Kind.NO, Kind.DROP, Kind.OUT, Kind.CORRECT, Kind.BUT, Kind.AND, Kind.UNKNOWN, Kind.COMMON})


@dataclass(slots=True)
class _Refusals:
    atoms: Sequence[Atom]
    tokens: Sequence[Token]
    text: str
    lexicon: Lexicon
    kept: list[Atom] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    #: The position in `kept` of the first unknown word that may refuse what follows; None if there is no such word.
    doubt: int | None = None
    #: Whether a refusal was read, and no option after it yet.
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
            # "Leave the espresso out" drops a drink.
            atom = atom._replace(kind=Kind.DROP)
        if atom.kind is Kind.DROP and (
            self._ahead.ends(at) or self._ahead.drink(at + 1) is not None or self._counts_cups(at + 1)
        ):
            # In "cancel the oat latte" the verb drops the drink and does not refuse the oat.
            self.refusing, self.doubt = False, None
        elif atom.kind in (Kind.NO, Kind.DROP):
            if self._chooses(at) or self._corrects(at):
                self.kept.append(atom._replace(kind=Kind.CORRECT))
                return
            self.refusing, self.doubt, atom = True, None, atom._replace(kind=Kind.NO)
            self.refusal = atom.text
            if every := self._every_before(at):
                self.notes.append(self._typed(every, self.atoms[self._end_of_list(at + 1) - 1]))
        elif atom.kind is Kind.CORRECT and self._refuses_next(at) and not self._chooses(at):
            # "Actually no bacon" refuses the bacon. With a comma, "actually no, bacon" orders it.
            self.refusing, self.doubt, atom = True, None, atom._replace(kind=Kind.NO)
        elif atom.kind is Kind.BUT and self.kept[-1:] and self.kept[-1].phrase in self.lexicon.group_words:
            # After a group, "but" refuses: "any milk but almond".
            self.refusing, self.doubt, atom = True, None, atom._replace(kind=Kind.NO)
        elif atom.kind in _AFRESH or (atom.kind in _BEGIN and self._ahead.drink(at + 1) is not None):
            # A "with" does not end a refusal: "not with soy" refuses the soy.
            self.refusing = self.refusing and atom.kind is Kind.WITH
            self.doubt = None
        elif atom.kind is Kind.AND:
            self.doubt = None
        elif self.doubt is None and not self.refusing and self._is_unread(atom):
            self.doubt = len(self.kept)
        described = atom.kind is Kind.UNKNOWN and atom.text in self.lexicon.table.describing
        if described and at + 1 < len(self.atoms) and self.atoms[at + 1].kind is Kind.OPTION:
            # The word only describes the option after it, so "raw sugar" means the option "sugar".
            atom = atom._replace(kind=Kind.COMMON)
        self.kept.append(atom._replace(kind=Kind.AND) if atom.kind is Kind.BUT else atom)

    def _option(self, at: int) -> int:
        """Keep the option at `at` as wanted, as refused, or in a note. Return the position where the text continues."""
        atom = self.atoms[at]
        refused_after = self._refused_after(at)
        if refused_after:
            # In "leave the sugar out" the "out" after the option explains the doubtful "leave" before it.
            self.doubt = None
        if self.doubt is not None and not self._is_one_unknown(at) and not self._is_adjective(at):
            end = self._end_of_list(at)
            while self.doubt and self.kept[self.doubt - 1].kind in _AMOUNTS:
                # The number belongs to the note: "2 flurp sugars".
                self.doubt -= 1
            first = next(one for one in self.kept[self.doubt :] if one.kind is not Kind.WITH)
            self.notes.append(self._typed(first, self.atoms[end - 1]))
            del self.kept[self.doubt :]
            self.doubt = None
            return end
        cut_off = self.refusing and self.kept[-1].kind in (Kind.UNKNOWN, Kind.COMMON)
        if cut_off or refused_after or self._refused_with_others(at):
            self.kept.append(Atom(Kind.NO, atom.start, atom.start, self.refusal))
        self.kept.append(atom)
        self.refusing = False
        return at + 1

    def _is_of_a_drink(self) -> bool:
        """Tell whether the last drink or option so far is a drink with a definite article: "the espresso"."""
        things = [place for place, atom in enumerate(self.kept) if atom.kind in (Kind.DRINK, Kind.OPTION)]
        if not things or self.kept[things[-1]].kind is not Kind.DRINK:
            return False
        return self.kept[things[-1] - 1].kind is Kind.THE

    def _every_before(self, at: int) -> Atom | None:
        """Return the word "everything" of "everything but onions", which the barista gets as a note.

        Return None for any other refusal."""
        after = self.atoms[at + 1 : at + 2]
        if not any(self.lexicon.groups[m.group].choose == "many" for one in after for m in one.meanings if m.group):
            return None
        start = next((place + 1 for place in range(at, -1, -1) if self.atoms[place].kind in BREAKS), 0)
        said = self.atoms[start : at + 1]
        return next((one for one in said if self.lexicon.table.kind(tuple(one.text.split()[:1])) is Kind.ALL), None)

    def _corrects(self, at: int) -> bool:
        """Tell whether a "no" at the beginning answers a question and refuses nothing: "no large is better".

        Nobody refuses a size, because every cup has one."""
        begins = all(atom.kind in (Kind.FILLER, Kind.COMMON, Kind.COMMA) for atom in self.atoms[:at])
        after = self.atoms[at + 1] if at + 1 < len(self.atoms) else None
        instead = at + 2 < len(self.atoms) and self.atoms[at + 2].kind is Kind.INSTEAD and self._ahead.ends(at + 2)
        if (
            not (begins or instead)
            or after is None
            or after.kind is not Kind.OPTION
            or not self._ahead.is_answer_no(self.atoms[at])
        ):
            return False
        if instead:
            # "No caramel instead" wants the caramel.
            return True
        groups = [self.lexicon.groups[meaning.group] for meaning in after.meanings]
        return all(group.ask and group.choose == "one" and group.role == "size" for group in groups)

    def _chooses(self, at: int) -> bool:
        """Tell whether a "no" answers a question, so the option after it is wanted: "no almond not oat".

        "No almond no oat" refuses both options."""
        if at + 3 >= len(self.atoms) or self.atoms[at + 1].kind is not Kind.OPTION:
            return False
        wanted, no, refused = self.atoms[at + 1 : at + 4]
        if no.kind is not Kind.NO or refused.kind is not Kind.OPTION:
            return False
        last = self.atoms[at].text.rsplit(maxsplit=1)[-1]
        answers = self.lexicon.table.messages.get((last,)) is Intent.NO
        groups = {m.group for m in wanted.meanings if self.lexicon.groups[m.group].choose == "one"}
        return answers and not self._ahead.is_answer_no(no) and any(m.group in groups for m in refused.meanings)

    def _refuses_next(self, at: int) -> bool:
        last = self.atoms[at].text.rsplit(maxsplit=1)[-1]
        after = self.atoms[at + 1].kind if at + 1 < len(self.atoms) else None
        return after in (Kind.OPTION, Kind.GROUP) and self.lexicon.table.kind((last,)) is Kind.NO

    def _counts_cups(self, at: int) -> bool:
        """Tell whether the phrase at `at` only counts cups: the "one" of "drop one", "the other one"."""
        counting = (*_COUNTING, Kind.REST)
        return at < len(self.atoms) and self.atoms[at].kind in counting and self._ahead.ends(at)

    def _is_unread(self, atom: Atom) -> bool:
        table = self.lexicon.table
        if atom.kind is Kind.UNKNOWN:
            return atom.text not in table.describing and atom.text not in table.names
        # The word may have been corrected wrongly: "shun" is not a misspelt "shut".
        corrected = atom.end == atom.start + 1 and atom.text != self.tokens[atom.start].text
        return atom.kind is Kind.COMMON and (corrected or atom.text in table.doubtful)

    def _is_adjective(self, at: int) -> bool:
        """Tell whether the unknown word only describes the drink, and refuses nothing: "a fluffy oat latte"."""
        if self.doubt is None or self._ahead.drink(at + 1) is None:
            return False
        first = self.kept[self.doubt]
        before = self.kept[self.doubt - 1].kind if self.doubt else None
        return first.kind is Kind.UNKNOWN and (before in _DETERMINES or first.text in self.lexicon.table.things)

    def _is_one_unknown(self, at: int) -> bool:
        """Tell whether the unknown word and the option name one thing, which `merge_atoms` joins: "macadamia milk"."""
        if self.kept[-1].kind is not Kind.UNKNOWN:
            return False
        counted = len(self.kept) > 1 and self.kept[-2].kind in _COUNTS and self._ahead.ends(at)
        return counted or self.atoms[at].phrase in self.lexicon.group_words

    def _end_of_list(self, at: int) -> int:
        """Return the position after the list of options that begins at `at`: "oat and soy"."""
        end = at + 1
        while end + 1 < len(self.atoms) and self.atoms[end].kind in (Kind.AND, Kind.OR):
            if self.atoms[end + 1].kind is not Kind.OPTION or self._ahead.drink(end + 1) is not None:
                break
            end += 2
        while end < len(self.atoms) and self.atoms[end].kind in (Kind.OUT, Kind.GROUP):
            end += 1
        return end

    def _refused_after(self, at: int) -> bool:
        """Tell whether a refusal follows the option: "leave the sugar out", "sugar: none"."""
        end = self._past_joined(at)
        if end < len(self.atoms) and self.tokens[self.atoms[end].start].raw == ":":
            end += 1
        while end < len(self.atoms) and self.atoms[end].kind in _BETWEEN:
            end += 1
        if end == len(self.atoms) or (self.kept and self.kept[-1].kind is Kind.NO):
            return False
        alone = end == at + 1 == len(self.atoms) - 1 and self.atoms[end].kind is Kind.NO
        if alone and self.kept and self.kept[-1].kind in _COUNTS and not self._ahead.countable(self.atoms[at]):
            # "Another large without" orders a large cup without the extras of the previous cup.
            return False
        last = self.atoms[end].kind is Kind.NO and (
            end + 1 == len(self.atoms) or self.atoms[end + 1].kind in (*BREAKS, Kind.FILLER)
        )
        return self.atoms[end].kind is Kind.OUT or last

    def _past_joined(self, at: int) -> int:
        """Return the position of the verb in "leave the sugar and the foam | out", which refuses both; without such a
        verb the position after the option at `at`."""
        end = at + 1
        while end + 1 < len(self.atoms) and self.atoms[end].kind is Kind.AND:
            end += 1 + (self.atoms[end + 1].kind is Kind.THE)
            if end == len(self.atoms) or self.atoms[end].kind is not Kind.OPTION:
                return at + 1
            end += 1
        out = end < len(self.atoms) and self.atoms[end].kind is Kind.OUT
        return end if out and self.kept[-1:] and self.kept[-1].kind is not Kind.WITH else at + 1

    def _refused_with_others(self, at: int) -> bool:
        """Tell whether the refusal of the option before "and" also refuses this option.

        "Without milk and sugar" refuses both. "No foam and oat milk" refuses only the foam, "no milk and hot" only the
        milk."""
        kinds = [atom.kind for atom in self.kept[-3:]]
        if kinds[-2:] != [Kind.OPTION, Kind.AND] or self.atoms[at - 1].kind is Kind.BUT:
            return False
        if self.kept[-2].end != self.kept[-1].start:
            # A remark between the options ends the refusal: "no cheese, toasted, and mustard" wants mustard.
            return False
        if kinds[0] is not Kind.NO and not self._is_absence(self.kept[-2]):
            return False
        if self._ahead.drink(at + 1) is not None:
            return False
        groups = [self.lexicon.groups[meaning.group] for meaning in self.atoms[at].meanings]
        return any(
            group.choose == "many" or (group.role == "milk" and group.default == meaning.name)
            for group, meaning in zip(groups, self.atoms[at].meanings, strict=True)
        )

    def _is_absence(self, option: Atom) -> bool:
        """Tell whether the words for the option refuse something on the menu: "without milk", but not "not too hot"."""
        said = option.phrase
        refused = said[1:] in self.lexicon.phrases or said[1:] in self.lexicon.group_words
        return refused and self.lexicon.table.kind(said[:1]) is Kind.NO

    def _typed(self, first: Atom, last: Atom) -> str:
        return self.text[self.tokens[first.start].start : self.tokens[last.end - 1].end]


def read_refusals(
    atoms: Sequence[Atom], tokens: Sequence[Token], text: str, lexicon: Lexicon
) -> tuple[list[Atom], list[str]]:
    """Return the atoms, with a `Kind.NO` before each refused option, and notes about uncertain refusals."""
    if not any(atom.kind in _MAY_REFUSE for atom in atoms):
        return [*atoms], []
    return _Refusals(atoms, tokens, text, lexicon).read()
