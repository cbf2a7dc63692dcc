"""Enum or code -> words in the reader's language. The domain never holds a sentence; this module holds nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from blogreview.domain.rubric import RubricCriterion, RubricLevel
from blogreview.domain.terms import Deadline, GradingScale, Phase, ReadingOpens, Role

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


def criterion_name(criterion: RubricCriterion) -> str:
    return str(CRITERIA.get(criterion.key or "", "") if criterion.name is None else criterion.name)


def guidance(criterion: RubricCriterion) -> str:
    return str(GUIDANCE.get(criterion.key or "", "") if criterion.guidance is None else criterion.guidance)


def level_name(level: RubricLevel) -> str:
    return str(LEVELS.get(level.key or "", "") if level.name is None else level.name)


def descriptor(criterion: RubricCriterion, level: RubricLevel) -> str:
    default = DESCRIPTORS.get((criterion.key or "", level.key or ""), "")
    return str(criterion.descriptors.get(level.number, default))
