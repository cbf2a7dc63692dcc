"""What people write in the journeys: the real post, read where it lies, or a text of our own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

#: Beside the checkout, never in it.
REAL_POST = Path(__file__).parents[2].parent / "shared" / "seed" / "team-safa-post.txt"
#: In the file the first question is answered before this line and the second from it on; then comes the signature.
SECOND_ANSWER_FROM, SIGNATURE = 17, "Team SAFA"


@dataclass(frozen=True)
class Text:
    title: str
    answers: tuple[str, str]

    @property
    def passage(self) -> str:
        """A few words from the second answer, as a reader would point at them."""
        return " ".join(self.answers[1].split()[:5])


def real_post() -> Text:
    if not REAL_POST.exists():
        pytest.skip(f"{REAL_POST} is not there")
    lines = REAL_POST.read_text(encoding="utf-8").splitlines()
    post = lines[: lines.index(SIGNATURE)]
    answers = post[:SECOND_ANSWER_FROM], post[SECOND_ANSWER_FROM:]
    return Text("Hvorfor en strategi, og hva den inneholder", ("\n".join(answers[0]), "\n".join(answers[1])))


def demo_text() -> Text:
    return Text("Kaffebrenneriet som svarer før lunsj", (WHY, WHAT))


WHY = """\
Kaffebrenneriet Grut har to ansatte, én Instagram-konto og **ingen plan**. Når noen spør om åpningstidene i påsken, \
svarer den som først ser det. To ganger i vår svarte de ulikt på det samme spørsmålet.

En strategi er derfor ikke pynt. Den sier hvem kontoen er for, slik at den som har vakt, vet hva som er viktig i dag. \
Uten den blir det som er gøy å lage, viktigere enn det kundene lurer på."""

WHAT = """\
Strategien til Grut bør få plass på én side over espressomaskinen:

- Mål: alle spørsmål får svar innen klokka tolv neste dag.
- Retningslinjer: vi sletter hets, men aldri kritikk.
- Stemme: vi skriver som vi snakker over disken.

Et eksempel: En kunde klaget på sur kaffe. Svaret var et skuldertrekk. Vi foreslår at de heller spør hvilken kaffe \
det var, og byr på en ny kopp."""

IMPROVEMENT = """\

Etter tilbakemeldingene har vi tatt med hvem Grut er for: naboen som kommer hver dag, \
ikke turisten som kommer én gang."""

#: What the four readers say of each criterion: a level, what works, what could be different.
Remark = tuple[int, str, str]
REMARKS: dict[str, tuple[Remark, Remark, Remark, Remark]] = {
    "mål": (
        (
            2, "Dere sier at målet skal gjelde alle spørsmål.",
            "Hvor mange spørsmål får de? Sett et tall, ellers kan ingen etterprøve det.",
        ),
        (3, "Målet har en frist.", "Skriv hvem som følger med på at fristen holdes, for ellers blir den glemt."),
        (2, "Bra at målet kommer tidlig.", "Ta med hvorfor akkurat dette målet er viktigere enn flere følgere."),
        (4, "Målet kan måles, og dere sier når.", ""),
    ),
    "retningslinjer": (
        (
            3, "Reglene er korte nok til å huskes.",
            "Si hva en ansatt gjør når hun er i tvil, for eksempel hvem hun ringer.",
        ),
        (3, "Forskjellen på hets og kritikk er tydelig.", "Vis ett svar på kritikk, så blir regelen lettere å følge."),
        (
            2, "Det er lurt med en side på veggen.",
            "Hvem skriver den om når den ikke passer lenger? Sett av en dag i halvåret.",
        ),
        (3, "Klart språk.", "Regelen om hets trenger en grense. Skriv hva som går over den."),
    ),
    "eksempler": (
        (
            2, "Eksempelet er til å kjenne seg igjen i.",
            "Ta med det svaret dere foreslår, ord for ord, så leseren kan bruke det.",
        ),
        (1, "Det er et eksempel.", "Ett eksempel viser ikke et mønster. Finn ett til, gjerne et som gikk bra."),
        (2, "Greit valgt.", "Si hva kunden svarte etterpå, for da ser vi om rådet virker."),
        (3, "Dere viser både feilen og hva som er bedre.", "Flytt eksempelet opp til målet det hører til."),
    ),
    "posisjonering": (
        (2, "Stemmen passer til stedet.", "Hvem vil de være for? Nevn én kunde de ikke prøver å nå."),
        (2, "Jeg ser for meg disken.", "Sammenlign med kafeen over gata, ellers vet vi ikke hva som er annerledes."),
        (1, "Tonen er hyggelig.", "Alle vil være hyggelige. Skriv noe bare dette stedet kan si."),
        (3, "Dere er tydelige på hvordan de snakker.", "Knytt stemmen til målet, så henger planen sammen."),
    ),
}
