"""Enum or code -> words in the reader's language. The domain never holds a sentence; this module holds nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from babel.lists import format_list
from flask_babel import LazyString, format_decimal, get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from blogreview.domain.flags import Flag
from blogreview.domain.remarks import Matter, Remark
from blogreview.domain.reviewing import ReviewLack
from blogreview.domain.rubric import RubricCriterion, RubricLevel
from blogreview.domain.terms import CommentKind, Deadline, GradeState, GradingScale, Phase, ReadingOpens, Role
from blogreview.domain.verdict import Lean, Verdict

ROLES: Mapping[Enum, LazyString] = {
    Role.STUDENT: _l("student"),
    Role.ASSISTANT: _l("assistent"),
    Role.TEACHER: _l("faglærer"),
}

PHASES: Mapping[Enum, LazyString] = {
    Phase.SETUP: _l("Ikke åpnet"),
    Phase.WRITING: _l("Skrive"),
    Phase.REVIEWING: _l("Vurdere"),
    Phase.IMPROVING: _l("Forbedre"),
    Phase.GRADING: _l("Karakter"),
}

DEADLINES: Mapping[Enum, LazyString] = {
    Deadline.PUBLISH: _l("Publisere"),
    Deadline.REVIEW: _l("Vurdere"),
    Deadline.IMPROVE: _l("Forbedre"),
    Deadline.GRADES: _l("Kunngjøre karakterer"),
}


READING_OPENS: Mapping[Enum, LazyString] = {
    ReadingOpens.WRITING_CLOSED: _l("Når skrivefristen er ute"),
    ReadingOpens.REVIEWING_CLOSED: _l("Når vurderingsfristen er ute"),
    ReadingOpens.NEVER: _l("Ikke, bare lesere og teamet selv"),
}

GRADING_SCALES: Mapping[Enum, LazyString] = {
    GradingScale.LETTERS: _l("A–F"),
    GradingScale.PASS_FAIL: _l("Bestått / ikke bestått"),
    GradingScale.APPROVED: _l("Godkjent / ikke godkjent"),
    GradingScale.POINTS: _l("Poeng"),
    GradingScale.NONE: _l("Ingen"),
}

#: By kind, since terms of two vocabularies can be spelt alike.
WORDS: Mapping[type[Enum], Mapping[Enum, LazyString]] = {
    Role: ROLES, Phase: PHASES, Deadline: DEADLINES, ReadingOpens: READING_OPENS, GradingScale: GRADING_SCALES,
}

#: The default rubric (domain/rubric.py has its keys): names, guiding questions, levels, descriptors.
CRITERIA: Mapping[str, LazyString] = {
    "goals": _l("Mål"),
    "guidelines": _l("Retningslinjer"),
    "examples": _l("Eksempler"),
    "positioning": _l("Posisjonering"),
}

GUIDANCE: Mapping[str, LazyString] = {
    "goals": _l("Kan målene etterprøves?"),
    "guidelines": _l("Vet de ansatte hva de skal gjøre?"),
    "examples": _l("Viser eksemplene det teksten påstår?"),
    "positioning": _l("Ser du hvem virksomheten vil være, og for hvem?"),
}

LEVELS: Mapping[str, LazyString] = {
    "not-yet": _l("Ikke ennå"),
    "getting-there": _l("På vei"),
    "in-place": _l("På plass"),
    "stands-out": _l("Utmerker seg"),
}

DESCRIPTORS: Mapping[tuple[str, str], LazyString] = {
    ("goals", "not-yet"): _l("Ingen mål, eller bare ønsker."),
    ("goals", "getting-there"): _l("Målene finnes, men kan ikke etterprøves."),
    ("goals", "in-place"): _l("Minst ett mål kan telles og har en frist."),
    ("goals", "stands-out"): _l("Målene styrer valgene i resten av teksten."),
    ("guidelines", "not-yet"): _l("Sier ikke hvem som gjør hva."),
    ("guidelines", "getting-there"): _l("Gode råd, men for runde til å følge."),
    ("guidelines", "in-place"): _l("En ansatt kunne brukt dem i morgen."),
    ("guidelines", "stands-out"): _l("Dekker også det som går galt."),
    ("examples", "not-yet"): _l("Ingen eksempler, eller bare navn."),
    ("examples", "getting-there"): _l("Eksempler nevnes, men forklares ikke."),
    ("examples", "in-place"): _l("Eksemplene viser det teksten påstår."),
    ("examples", "stands-out"): _l("Sammenligner, og sier hva vi kan lære."),
    ("positioning", "not-yet"): _l("Uklart hvem virksomheten vil være."),
    ("positioning", "getting-there"): _l("Nevnt, men kunne passet for hvem som helst."),
    ("positioning", "in-place"): _l("Tydelig hva som skiller dem fra andre."),
    ("positioning", "stands-out"): _l("Styrer valg av kanal, tone og innhold."),
}


def word(term: Enum) -> str:
    """The word for a term of the vocabularies above; in templates, ``term|word``."""
    return str(WORDS[type(term)][term])


def criterion_name(criterion: RubricCriterion) -> str:
    return str(CRITERIA.get(criterion.key or "", "") if criterion.name is None else criterion.name)


def guidance(criterion: RubricCriterion) -> str:
    return str(GUIDANCE.get(criterion.key or "", "") if criterion.guidance is None else criterion.guidance)


def level_name(level: RubricLevel) -> str:
    return str(LEVELS.get(level.key or "", "") if level.name is None else level.name)


def descriptor(criterion: RubricCriterion, level: RubricLevel) -> str:
    default = DESCRIPTORS.get((criterion.key or "", level.key or ""), "")
    return str(criterion.descriptors.get(level.number, default))


def inside(name: str) -> str:
    """A criterion's name inside a sentence: «Eksempler» -> «eksempler», but «SEO» stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


#: What a review lacks: in the bar («To ting mangler: nivå for mål, …»), in the list of errors, and at the field.
REVIEW_LACKS: Mapping[ReviewLack, LazyString] = {
    ReviewLack.LEVEL: _l("nivå for %(criterion)s"),
    ReviewLack.STRENGTH: _l("hva som fungerer for %(criterion)s"),
    ReviewLack.CHANGE: _l("forslag for %(criterion)s"),
    ReviewLack.TEXT: _l("ord til et sted under %(criterion)s"),
    ReviewLack.PLACE: _l("et sted som finnes i teksten, under %(criterion)s"),
}

REVIEW_LACK_ERRORS: Mapping[ReviewLack, LazyString] = {
    ReviewLack.LEVEL: _l("Nivå mangler: %(criterion)s"),
    ReviewLack.STRENGTH: _l("«Det som fungerer» mangler: %(criterion)s"),
    ReviewLack.CHANGE: _l("Forslag mangler: %(criterion)s"),
    ReviewLack.TEXT: _l("Ord til stedet mangler: %(criterion)s"),
    ReviewLack.PLACE: _l("Stedet finnes ikke i teksten: %(criterion)s"),
}

REVIEW_LACK_HINTS: Mapping[ReviewLack, LazyString] = {
    ReviewLack.LEVEL: _l("Velg et nivå."),
    ReviewLack.STRENGTH: _l("Skriv hva som fungerer."),
    ReviewLack.CHANGE: _l("Skriv hva som kunne vært annerledes."),
    ReviewLack.TEXT: _l("Skriv hva du tenker om stedet."),
    ReviewLack.PLACE: _l("Vi finner ikke dette i teksten. Kopier ordene slik de står, eller tøm feltet."),
}

REVIEW_LACK_TAGS: Mapping[ReviewLack, LazyString] = {
    ReviewLack.LEVEL: _l("Nivå mangler"),
    ReviewLack.STRENGTH: _l("«Det som fungerer» mangler"),
    ReviewLack.CHANGE: _l("Forslag mangler"),
    ReviewLack.TEXT: _l("Ord mangler"),
    ReviewLack.PLACE: _l("Stedet finnes ikke"),
}

NUMERALS = (
    _l("Null"), _l("Én"), _l("To"), _l("Tre"), _l("Fire"), _l("Fem"), _l("Seks"), _l("Sju"), _l("Åtte"), _l("Ni"),
    _l("Ti"), _l("Elleve"), _l("Tolv"),
)


def things_missing(number: int) -> str:
    """«Én ting mangler», «To ting mangler», and from thirteen with figures."""
    count = str(NUMERALS[number]) if number < len(NUMERALS) else str(number)
    return str(ngettext("Én ting mangler", "%(count)s ting mangler", number, count=count))


def listed(names: Sequence[str]) -> str:
    """«Tone Lie og Ada Moe»."""
    return str(format_list(list(names), locale=get_locale()))


COMMENT_KINDS: Mapping[CommentKind, LazyString] = {
    CommentKind.STRENGTH: _l("Hva fungerer?"),
    CommentKind.CHANGE: _l("Hva kunne vært annerledes?"),
}


#: What is worth a look in the overview and needs no more words.
REMARKS: Mapping[Enum, LazyString] = {
    Matter.NOT_PUBLISHED: _l("Ikke publisert"),
    Matter.HIDDEN: _l("Innlegget er skjult"),
    Flag.SPREAD: _l("Leserne ser det ulikt"),
    Flag.ONE_STANDS_APART: _l("Én leser skiller seg ut"),
    Flag.LITTLE_CONCRETE: _l("Mye ros, lite konkret"),
    Flag.FAR_FROM_MEAN: _l("Anslag langt fra snittet"),
    Flag.LITTLE_ATTENTION: _l("Få nivåer skiller mellom innlegg"),
    Flag.TOO_FEW_REVIEWS: _l("For få vurderinger"),
}

GRADE_STATES: Mapping[Enum, LazyString] = {
    GradeState.DRAFT: _l("utkast"),
    GradeState.READY: _l("klar"),
    GradeState.RELEASED: _l("kunngjort"),
}

#: The words of a grade that is not a letter or a number.
GRADES: Mapping[str, LazyString] = {
    "pass": _l("Bestått"),
    "fail": _l("Ikke bestått"),
    "approved": _l("Godkjent"),
    "not-approved": _l("Ikke godkjent"),
}

#: The names of the national scale, and what each letter says in short.
LETTER_NAMES: Mapping[str, LazyString] = {
    "A": _l("Fremragende"),
    "B": _l("Meget god"),
    "C": _l("God"),
    "D": _l("Nokså god"),
    "E": _l("Tilstrekkelig"),
    "F": _l("Ikke bestått"),
}
LETTER_DESCRIPTORS: Mapping[str, LazyString] = {
    "A": _l("Klart over det en kan vente, med selvstendige valg hele veien."),
    "B": _l("Svært godt arbeid, med gode og selvstendige vurderinger."),
    "C": _l("Godt arbeid på det som betyr mest."),
    "D": _l("Greit arbeid, med noen vesentlige mangler."),
    "E": _l("Holder akkurat til å bestå."),
    "F": _l("Det som kreves for å bestå, er ikke på plass."),
}


def grade(value: str) -> str:
    """A grade as people read it: a letter, a word, or points with the reader's decimal mark."""
    if value in GRADES:
        return str(GRADES[value])
    return str(format_decimal(value)) if value[:1].isdigit() else value


def remark(told: Remark, criteria: Sequence[str]) -> str:
    """:param criteria: the names of the rubric's criteria, in order."""
    if told.about is Matter.DISAGREEMENT:
        split = [criteria[place] for place in told.criteria]
        return str(_("Uenige om %(criteria)s", criteria=listed([inside(name) for name in split])))
    if told.about is Matter.MISSING:
        return str(ngettext("%(num)d vurdering mangler", "%(num)d vurderinger mangler", told.count))
    return str(REMARKS[told.about])


#: Small numbers of people, in words.
NUMBERS: Mapping[int, LazyString] = {
    1: _l("én"), 2: _l("to"), 3: _l("tre"), 4: _l("fire"), 5: _l("fem"), 6: _l("seks"), 7: _l("sju"), 8: _l("åtte"),
    9: _l("ni"), 10: _l("ti"), 11: _l("elleve"), 12: _l("tolv"),
}

#: How the readers of a post stand on one criterion; names are of levels, counts are words.
VERDICTS: Mapping[Lean, LazyString] = {
    Lean.NOBODY: _l("Ingen har valgt nivå"),
    Lean.ALONE: _l("Leseren valgte nivå %(level)s, «%(name)s»"),
    Lean.BOTH: _l("Begge leserne valgte nivå %(level)s, «%(name)s»"),
    Lean.ALL: _l("Alle %(readers)s valgte nivå %(level)s, «%(name)s»"),
    Lean.MOST: _l("De fleste mener «%(name)s»: %(choosing)s av %(readers)s valgte nivå %(level)s"),
    Lean.HALF: _l("Halvparten mener «%(name)s»: %(choosing)s av %(readers)s valgte nivå %(level)s"),
    Lean.MORE: _l("Flest mener «%(name)s»: %(choosing)s av %(readers)s valgte nivå %(level)s"),
    Lean.SPLIT: _l(
        "Leserne er delt mellom «%(name)s» og «%(other_name)s»: "
        "%(choosing)s av %(readers)s valgte nivå %(level)s, og %(choosing)s nivå %(other)s"
    ),
    Lean.SCATTERED: _l("Leserne ser det ulikt: %(levels)s nivåer er valgt like ofte, av %(choosing)s hver"),
}


def number_word(count: int) -> str:
    """«tolv», but «13»."""
    return str(NUMBERS.get(count, count))


def sum_up(found: Verdict, levels: Sequence[RubricLevel]) -> str:
    """The readers' verdict on one criterion, in one sentence."""
    names = {level.number: level_name(level) for level in levels}
    chosen = found.levels or (0,)
    return str(VERDICTS[found.lean]) % {
        "level": chosen[0],
        "other": chosen[-1],
        "name": names.get(chosen[0], ""),
        "other_name": names.get(chosen[-1], ""),
        "levels": number_word(len(found.levels)),
        "choosing": number_word(found.choosing),
        "readers": number_word(found.readers),
    }
