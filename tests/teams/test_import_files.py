"""A class list as a file: what encodings and formats are read, and what is said of the others."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from blogreview.models import User
from tests.pages import text_of
from tests.teams.scene import HEAD, address, count, heading, press, preview, seats

TEXT = HEAD + "Åse Bjørnøy;ase@stud.fjordvik.no;Tyttebær\n"


@pytest.fixture
def tone(as_, world):
    return as_(world.tone)


def send(browser, world, data, name="klasse.csv", text=""):
    return preview(browser, world, text, file=(BytesIO(data), name))


def workbook(*rows):
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    (
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1252"),
        TEXT.encode("utf-16"),
        ("\ufeff" + TEXT).encode("utf-16-be"),
        TEXT.replace(";", "\t").encode("utf-16"),
        TEXT.replace(";", ",").replace("\n", "\r\n").encode(),
        workbook(("Navn", "E-post", "Team"), ("Åse Bjørnøy", "ase@stud.fjordvik.no", "Tyttebær")),
    ),
    ids=("utf-8", "bom", "windows-1252", "utf-16", "utf-16-be", "tabs", "commas", "xlsx"),
)
def test_a_file_is_read_whatever_program_wrote_it(app, tone, world, data):
    page = send(tone, world, data)
    assert heading(page) == "1 klar"
    assert "Åse Bjørnøy" in page.text

    press(tone, world, page, "add")
    assert seats(app, world)["ase@stud.fjordvik.no"] == "tyttebaer"


def test_the_file_wins_over_what_is_pasted(tone, world):
    page = send(tone, world, TEXT.encode(), text=HEAD + "A B;a@a.no;SAFA\nC D;c@a.no;SAFA\n")

    assert heading(page) == "1 klar"


BROKEN = workbook(("Navn", "E-post"), ("A B", "a@a.no"))[:-400]
SENTENCES = {
    "unreadable": "Fila lot seg ikke lese. Lagre den som CSV eller Excel (.xlsx), og prøv igjen.",
    "large": "Lista er for stor. Del den i flere, hver på høyst 2000 rader og 2 MB.",
    "empty": "Her er ingen rader. Lim inn en liste, eller velg en fil.",
    "no-email": "Fant ingen kolonne med e-postadresser. Ta den med, og prøv igjen.",
    "no-name": "Fant ingen kolonne med navn. Ta den med, og prøv igjen.",
}


@pytest.mark.parametrize(
    ("data", "said"),
    (
        (BROKEN, "unreadable"),
        (b"PK\x03\x04 nonsense", "unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + b"xls", "unreadable"),
        ((HEAD + "A B;a@a.no;X\n" * 2001).encode(), "large"),
        (b"", "empty"),
        (b"\n\n;;\n", "empty"),
        (b"Navn;Team\nMaja;SAFA\n", "no-email"),
        (b"E-post;Team\nm@a.no;SAFA1\n", "no-name"),
    ),
)
def test_what_cannot_be_read_gets_one_sentence_and_writes_nothing(app, tone, world, data, said):
    page = send(tone, world, data)

    assert page.status_code == 422
    assert SENTENCES[said] in text_of(page)
    assert "Én ting må rettes" in text_of(page)
    assert count(app, User) == 9


def test_more_than_two_megabytes_are_not_read(tone, world):
    # Not through Browser.post: the page holds it all again, and takes long to inspect.
    data = {"csrf_token": tone.csrf_token, "text": "x" * (2 * 1024 * 1024 + 1)}
    page = tone.client.post(address(world, "import"), data=data)

    assert (page.status_code, SENTENCES["large"] in text_of(page)) == (422, True)


def test_what_was_pasted_stays_beside_what_is_wrong_with_it(tone, world):
    page = preview(tone, world, "Navn;Team\nMaja Kowalska;Fjærkre\n")

    assert page.status_code == 422
    assert "Maja Kowalska;Fjærkre" in text_of(page)


@pytest.mark.parametrize("text", ("\0", "a@b\0;c", "\ud800", "=cmd|'/c calc'!A1;x@y.no;Z", "@" * 5000, '"' * 999))
def test_nothing_that_is_pasted_makes_it_fail(tone, world, text):
    data = text.encode("utf-8", "surrogatepass")
    assert preview(tone, world, data).status_code in (200, 422)
    assert send(tone, world, data).status_code in (200, 422)
