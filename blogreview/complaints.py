"""What is wrong, or refused -> a sentence that says what to do, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from blogreview.domain.allocation import Rule
from blogreview.domain.classlist import Fault, FileFault, Row
from blogreview.domain.publishing import Lack
from blogreview.domain.refusals import AllocationRefusal, ClassRefusal, JoinRefusal

#: What keeps a draft from being published; ``number`` is the question's.
LACKS: Mapping[Enum, LazyString] = {
    Lack.TITLE: _l("Gi innlegget en tittel."),
    Lack.ANSWER: _l("Svar på spørsmål %(number)d."),
    Lack.DESCRIPTION: _l("Beskriv bildet i svar %(number)d for dem som ikke ser det, eller merk det som bare pynt."),
}

#: posts.images.ImageFault by value: why an upload is refused.
IMAGE_FAULTS: Mapping[str, LazyString] = {
    "too-large-file": _l("Bildet er for stort. Velg ett på høyst 10 MB."),
    "too-many-pixels": _l("Bildet har for mange piksler. Gjør det mindre, og prøv igjen."),
    "not-an-image": _l("Fila er ikke et bilde. Velg JPEG, PNG, WebP eller GIF."),
    "kind-not-taken": _l("Denne typen bilde tar vi ikke imot. Lagre det som JPEG eller PNG, og prøv igjen."),
    "broken": _l("Bildet lar seg ikke lese. Åpne det, lagre det på nytt, og prøv igjen."),
}

#: Why a class list cannot be read at all, and what to do.
FILE_FAULTS: Mapping[Enum, LazyString] = {
    FileFault.UNREADABLE: _l("Fila lot seg ikke lese. Lagre den som CSV eller Excel (.xlsx), og prøv igjen."),
    FileFault.TOO_LARGE: _l("Lista er for stor. Del den i flere, hver på høyst 2000 rader og 2 MB."),
    FileFault.EMPTY: _l("Her er ingen rader. Lim inn en liste, eller velg en fil."),
    FileFault.NO_EMAIL_COLUMN: _l("Fant ingen kolonne med e-postadresser. Ta den med, og prøv igjen."),
    FileFault.NO_NAME_COLUMN: _l("Fant ingen kolonne med navn. Ta den med, og prøv igjen."),
}

#: What is wrong with a row of it. What was probably meant is said after it.
ROW_FAULTS: Mapping[Enum, LazyString] = {
    Fault.NO_NAME: _l("Mangler navn."),
    Fault.NO_EMAIL: _l("Mangler e-postadresse."),
    Fault.BAD_EMAIL: _l("E-postadressen er ikke hel."),
    Fault.NO_TEAM: _l("Mangler team. Velg et, eller la studenten velge selv."),
    Fault.DUPLICATE_IN_LIST: _l("Samme e-postadresse står på rad %(same_as)d."),
    Fault.UNKNOWN_TEAM_CLOSE_TO: _l("Fant ikke teamet «%(team)s»."),
    Fault.TOO_LONG: _l("Noe her er for langt. Kort det ned: et navn kan ha 120 tegn."),
}

#: Why a change to the class is refused.
CLASS_REFUSALS: Mapping[Enum, LazyString] = {
    ClassRefusal.LAST_TEACHER: _l("Emnet må ha en faglærer. Legg til en annen først."),
    ClassRefusal.TEAM_IN_USE: _l("Teamet har medlemmer, et innlegg eller en egen frist, og kan ikke slettes."),
    ClassRefusal.TEAM_NAME_TAKEN: _l("Et team i klassen heter allerede det. Velg et annet navn."),
}

#: Why somebody cannot join by a code.
JOIN_REFUSALS: Mapping[Enum, LazyString] = {
    JoinRefusal.WRONG_CODE: _l("Koden virker ikke. Se etter at alle åtte tegnene er riktige, eller spør faglæreren."),
    JoinRefusal.TOO_MANY_TRIES: _l("For mange forsøk. Vent et kvarter, og prøv igjen."),
    JoinRefusal.KNOWN_ADDRESS: _l(
        "Med denne adressen må du bruke den personlige lenken fra faglæreren, eller logge inn først."
    ),
}

#: Which rule somebody's place in the allocation breaks.
BROKEN_RULES: Mapping[Enum, LazyString] = {
    Rule.OWN_TEAM: _l("%(reader)s er satt opp på %(team)s, sitt eget team."),
    Rule.KEPT_APART: _l("%(reader)s er satt opp på %(team)s, og skal holdes fra dem."),
    Rule.DUPLICATE: _l("%(reader)s er satt opp to ganger på %(team)s."),
}

#: Why a change to who reviews what is refused.
ALLOCATION_REFUSALS: Mapping[Enum, LazyString] = {
    AllocationRefusal.REVIEWING_BEGUN: _l("Noen har begynt å vurdere. Flytt det som ikke er begynt, ett for ett."),
    AllocationRefusal.REVIEW_BEGUN: _l("Vurderingen er begynt, og blir der den er."),
    AllocationRefusal.DOES_NOT_FIT: _l("Dette innlegget kan ikke leses av denne studenten. Velg et annet."),
}


def row_fault(row: Row, fault: Fault) -> str:
    return str(ROW_FAULTS[fault]) % {"same_as": row.same_as, "team": row.team}
