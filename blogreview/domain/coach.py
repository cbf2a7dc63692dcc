"""The coach: does a comment say where, why and what instead, or only that it is good?

The three ingredients are those that led writers to understand and revise in Nelson & Schunn 2009
(10.1007/s11251-008-9053-x). Hand-written rules, because a rule can be shown to the writer ("we saw *fordi*").
They are precise rather than complete: the coach may ask, and must never block.

The rules live in ``coach_rules.json``, which the browser reads too. A rule is a row of tokens, each a word,
some alternatives ``a|b`` (an empty one, ``a|``, lets the token be left out), a class of words ``@you``, or
``*`` for any one word. Idioms are found first, longest first, and what they cover fires no other rule. A
quotation is the one token ❝; a sentence begins with ^.
"""

import enum
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

COACH_VERSION = 1

_TABLE = json.loads(Path(__file__).with_name("coach_rules.json").read_text(encoding="utf-8"))
_LETTERS: str = _TABLE["letters"]
_SAME = str.maketrans({char: same for same, chars in _TABLE["same"].items() for char in chars})
_QUOTATION = re.compile('"[^"]{1,600}"')
_SINGLE_QUOTATION = re.compile(f" '[^']{{1,600}}'(?![{_LETTERS}])")
_STRETCHED = re.compile(r"([a-zæøå])\1{2,}")
_SENTENCE_ENDS = frozenset(".!?…")
_PRAISE = frozenset({"praise", "localised"})
_TOKEN = re.compile(f"[{_LETTERS}]+|[{_TABLE['marks']}]")

_Item = tuple[frozenset[str], bool]  # what the token may be, and whether it may be left out
_Row = tuple[str, Sequence[_Item]]  # the label, and the items after the first two tokens
_Index = dict[str, dict[str, list[_Row]]]  # first token -> second token -> the rows that may start so


class Hint(enum.Enum):
    """The one thing to ask of the writer."""

    WHERE = "where"
    WHY = "why"
    WHAT_INSTEAD = "what-instead"
    ONLY_PRAISE = "only-praise"


@dataclass(frozen=True)
class Reading:
    """What the coach found in one comment.

    :ivar praise_only: praise, and nothing to act on or learn from.
    :ivar localised: names an identifiable place.
    :ivar reason: says why, or what follows.
    :ivar suggestion: says what could be done instead.
    :ivar problem: something reads as a fault, a doubt or a question.
    :ivar words: words in the comment outside quotation marks.
    :ivar seen: label -> the words that fired, normalised, in order of appearance. Also holds *praise*;
        a label that found nothing is absent.
    """

    praise_only: bool
    localised: bool
    reason: bool
    suggestion: bool
    problem: bool
    words: int
    seen: Mapping[str, tuple[str, ...]]


def normalise(text: str) -> str:
    """The text as lower-case tokens with single spaces between: words, sentence marks, ❝ for a quotation."""
    return " ".join(_tokens(_SINGLE_QUOTATION.sub(" ❝ ", _QUOTATION.sub(" ❝ ", _plain(text)))))


def four_words(text: str) -> frozenset[str]:
    """Every four words in a row of the text, quotations included, for ``read(post_words=…)``."""
    words = [token for token in _tokens(_plain(text).replace('"', " ")) if _is_word(token)]
    return frozenset(" ".join(words[at : at + 4]) for at in range(len(words) - 3))


def read(text: str, *, quoted: bool = False, post_words: frozenset[str] | None = None) -> Reading:
    """Read one comment, in Bokmål, Nynorsk or English. Linear in the length of the text.

    :param quoted: the writer selected a passage of the post, so the place is certain.
    :param post_words: the post's :func:`four_words`; four words shared with it are a place.
    """
    sentences = _sentences(normalise(text).split())
    found = [_found(*_take_idioms(["^", *sentence, "$"])) for sentence in sentences]
    shared = sorted(four_words(text) & post_words) if post_words else []
    seen = _merged([*found, {"localised": shared} if shared else {}])
    return Reading(
        praise_only="praise" in seen and seen.keys() <= _PRAISE and all(map(_praises, sentences, found)),
        localised=quoted or "localised" in seen,
        reason="reason" in seen,
        suggestion="suggestion" in seen,
        problem="problem" in seen,
        words=sum(map(_word_count, sentences)),
        seen=seen,
    )


def nudge(reading: Reading) -> Hint | None:
    """What to ask for next, one thing at most; nothing of a comment under three words."""
    if reading.words < 3:
        return None
    if not reading.localised:
        return Hint.ONLY_PRAISE if reading.praise_only else Hint.WHERE
    if reading.problem and not reading.suggestion:
        return Hint.WHAT_INSTEAD
    return None if reading.reason else Hint.WHY


def _is_word(token: str) -> bool:
    return token[0] in _LETTERS


def _plain(text: str) -> str:
    return f" {unicodedata.normalize('NFC', text).lower().translate(_SAME)} "


def _tokens(plain: str) -> list[str]:
    """Words and marks; a letter drawn out ("braaa") counts once, and so does a repeated mark."""
    plain = _STRETCHED.sub(r"\1", plain.replace("'", ""))
    for written, meant in _TABLE["replace"]:
        plain = plain.replace(written, meant)
    tokens = _TOKEN.findall(plain)
    pairs = zip(["", *tokens], tokens, strict=False)
    return [token for before, token in pairs if token != before or _is_word(token)]


def _word_count(tokens: Iterable[str]) -> int:
    return sum(map(_is_word, tokens))


def _sentences(tokens: Iterable[str]) -> list[list[str]]:
    """The tokens of each sentence, its marks included; "2. avsnitt" does not end one."""
    sentences: list[list[str]] = [[]]
    before, ended = "", False
    for token in tokens:
        if ended and _is_word(token):
            sentences.append([])
        sentences[-1].append(token)
        ended = token in _SENTENCE_ENDS and not before.isdigit()
        before = token
    return sentences


def _praises(sentence: Sequence[str], found: Mapping[str, Sequence[str]]) -> bool:
    """Whether praise fills the sentence: many words around little praise say something no rule knows."""
    return _word_count(sentence) <= 4 + 10 * len(found.get("praise", ()))


def _alternatives(item: str) -> frozenset[str]:
    words: set[str] = set()
    for word in item.split("|"):
        if word.startswith("@"):
            words |= _alternatives("|".join(_TABLE["classes"][word[1:]].split()))
        else:
            words.add(word)
    return frozenset(words)


def _index(rules: Mapping[str, Iterable[str]]) -> _Index:
    index: _Index = {}
    for label, rows in rules.items():
        for row in rows:
            first, *items = ((words - {""}, "" in words) for words in map(_alternatives, row.split()))
            for second, rest in _openings(items):
                for one, two in product(first[0], second):
                    index.setdefault(one, {}).setdefault(two, []).append((label, rest))
    return index


def _openings(items: Sequence[_Item]) -> Iterator[tuple[Iterable[str], Sequence[_Item]]]:
    """What the second token may be, and the items after it; "" where the row may end with the first."""
    for at, (words, optional) in enumerate(items):
        yield words, items[at + 1 :]
        if not optional:
            return
    yield ("",), ()


def _end(items: Iterable[_Item], tokens: Sequence[str], at: int) -> int:
    """Where the longest match of the items from ``at`` ends; -1 for none."""
    ends = {at}
    for words, optional in items:
        after = {end + 1 for end in ends if _fits(words, tokens[end])}
        ends = after | ends if optional else after
        if not ends:
            return -1
    return max(ends)


def _fits(words: frozenset[str], token: str) -> bool:
    return token in words or ("*" in words and _is_word(token))


def _matches(index: _Index, tokens: Sequence[str], at: int) -> dict[str, int]:
    """Label -> where its longest match that starts here ends."""
    ends: dict[str, int] = {}
    seconds = index.get(tokens[at])
    if seconds is None:
        return ends
    second = tokens[at + 1]
    any_word = [("*", at + 2)] if _is_word(second) else []
    for key, start in [(second, at + 2), ("", at + 1), *any_word]:
        for label, items in seconds.get(key, ()):
            ends[label] = max(_end(items, tokens, start), ends.get(label, -1))
    return {label: end for label, end in ends.items() if end > at}


def _take_idioms(tokens: Sequence[str]) -> tuple[list[str], list[str]]:
    """The tokens with each idiom as one token ``<label>``, and the words each token stands for."""
    taken: list[str] = []
    words: list[str] = []
    at = 0
    while at < len(tokens) - 1:
        matches = _matches(_IDIOMS, tokens, at)
        label = max(matches, key=matches.__getitem__, default=None)
        end = at + 1 if label is None else matches[label]
        taken.append(tokens[at] if label is None else f"<{label}>")
        words.append(" ".join(filter(_is_word, tokens[at:end])))
        at = end
    return [*taken, tokens[-1]], words


def _found(tokens: Sequence[str], words: Sequence[str]) -> dict[str, list[str]]:
    """Label -> the words that fired it, in order of appearance."""
    found: dict[str, list[str]] = {}
    for at in range(len(tokens) - 1):
        for label, end in _matches(_RULES, tokens, at).items():
            found.setdefault(label, []).append(" ".join(filter(None, words[at:end])) or tokens[at])
    return found


def _merged(founds: Iterable[Mapping[str, Iterable[str]]]) -> dict[str, tuple[str, ...]]:
    merged: dict[str, dict[str, None]] = {}
    for found in founds:
        for label, phrases in found.items():
            merged.setdefault(label, {}).update(dict.fromkeys(phrases))
    return {label: tuple(phrases) for label, phrases in merged.items()}


_IDIOMS = _index(_TABLE["idioms"])
_RULES = _index(_TABLE["rules"])
