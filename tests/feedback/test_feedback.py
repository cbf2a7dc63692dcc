"""A team reads what its readers said."""

from __future__ import annotations

import re

import pytest

from blogreview.db import db
from blogreview.domain.terms import ReviewKind, ReviewState, Role
from blogreview.feedback import queries
from blogreview.models import Assignment, Comment, Extension, Membership, Post, Revision
from tests.feedback.readers import CHANGE, OPEN, STRENGTH, forget_reviews, readers_of, remark, send_review
from tests.pages import text_of
from tests.world import DAY, NOW, allocate, join, make, make_assignment, person

TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')


@pytest.fixture
def goals(world):
    return world.criteria["goals"]


def page(response):
    """The words of the page's main part, spaces evened out; what only a screen reader hears counts as words."""
    main = text_of(response).split('<main id="main"')[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main.split(">", 1)[1]).split())


def read(as_, clock, person, world, query=""):
    clock.moment = OPEN
    return as_(person).get(f"{world.at}/feedback{query}")


def shown(app, clock, post_id, moment=OPEN):
    with app.app_context():
        return queries.feedback_to(db.session.get_one(Post, post_id), moment)


def test_before_it_opens_the_authors_are_told_when(as_, world):
    response = as_(world.kari).get(f"{world.at}/feedback")

    assert response.status_code == 200
    assert page(response) == (
        "Strategi Tilbakemelding Tilbakemeldingene kommer mandag 23. november kl. 13.01 Da får alle team dem samtidig."
    )


@pytest.mark.parametrize(
    "who, query, status",
    [
        ("kari", "", 200), ("ola", "", 200), ("nils", "", 200), ("mona", "", 200),
        ("kari", "?team=safa", 200), ("kari", "?team=nordlys", 403), ("nils", "?team=makrell", 404),
        ("kari", "?team=finnes-ikke", 404),
        ("tone", "?team=safa", 200), ("ada", "?team=safa", 200), ("ada", "?team=makrell", 200),
        ("tone", "?team=finnes-ikke", 404), ("per", "", 404), ("per", "?team=safa", 404),
    ],
)
@pytest.mark.parametrize("days", (0, 6))
def test_only_the_authors_and_staff_read_it(as_, clock, world, who, query, status, days):
    clock.moment = NOW + days * DAY

    assert as_(getattr(world, who)).get(f"{world.at}/feedback{query}").status_code == status


def test_nobody_learns_of_an_assignment_that_is_not_opened(as_, world, write):
    write(lambda: make_assignment(world.course, number=2, opened_at=None))

    assert as_(world.kari).get(f"{world.home}/assignments/2/feedback").status_code == 404


def test_the_anonymous_are_sent_to_sign_in(as_, world):
    response = as_().get(f"{world.at}/feedback")

    assert (response.status_code, response.location.partition("?")[0]) == (303, "/sign-in")


def test_those_who_moved_keep_the_feedback_to_what_they_wrote(as_, clock, world, write):
    def move():
        db.session.query(Membership).filter_by(user_id=world.ola).one().team_id = world.teams["makrell"]
        send_review(world.posts["safa"], world.nils, {})

    write(move)

    assert "Tilbakemelding fra én leser" in page(read(as_, clock, world.ola, world))


def test_a_student_without_a_team_has_none_to_read(as_, clock, world, write):
    def join_late():
        late = person("late", "Lat Ekom")
        join(late, world.course, Role.STUDENT)
        return late

    late = write(join_late)

    assert read(as_, clock, late, world).status_code == 403


def test_staff_who_name_no_team_are_asked_to_choose_one(as_, clock, world):
    response = read(as_, clock, world.tone, world)

    assert (response.status_code, response.location) == (303, f"{world.at}/overview")


def test_only_what_has_joined_is_read(app, as_, clock, world, goals, write):
    def send():
        readers = readers_of(world, 7)
        for n, changes in enumerate((
            {},
            {"state": ReviewState.DRAFT, "submitted_at": None, "joins_at": None},
            {"hidden_at": NOW},
            {"kind": ReviewKind.TEACHER},
            {"joins_at": OPEN},
            {"joins_at": OPEN + DAY / 86400},
        ), 1):
            send_review(
                world.posts["safa"], readers[n], {goals: 2}, remark(goals, CHANGE, f"Nr. {n}", f"{n:016}"), **changes
            )
        send_review(world.posts["safa"], readers[0], {}, remark(goals, CHANGE, "Skjult", "f" * 16, hidden_at=NOW))

    write(send)
    feedback = shown(app, clock, world.posts["safa"])

    assert feedback.readers == 3
    assert feedback.criteria[0].counts == (0, 2, 0, 0)
    assert [said.text for said in feedback.criteria[0].changes] == ["Nr. 1", "Nr. 5"]


def test_the_page_says_it_in_words_before_numbers(as_, clock, world, goals, write):
    def send():
        nils, mona, *_ = readers_of(world, 2)
        send_review(
            world.posts["safa"], nils, {goals: 2, world.criteria["examples"]: 4},
            remark(goals, STRENGTH, "Tallet er lett å se for seg.", "a" * 16, "w", quote="ti flere i måneden"),
            remark(goals, CHANGE, "Skriv en måned, fordi «etter hvert» aldri tar slutt.", "b" * 16, "wri"),
        )
        send_review(
            world.posts["safa"], mona, {goals: 3},
            remark(goals, CHANGE, "Målene kunne vært tydeligere.", "c" * 16, "i"),
            remark(goals, STRENGTH, "Bra!", "d" * 16, praise_only=True),
        )

    write(send)

    assert page(read(as_, clock, world.kari, world)) == (
        "Team SAFA · Strategi Tilbakemelding fra to lesere "
        "Les først, rett etterpå. Dere kan endre innlegget til lørdag 28. november kl. 13.00. "
        "Karakteren kommer senest tirsdag 8. desember kl. 13.00. "
        "Mål 2 forslag Retningslinjer 0 forslag Eksempler 0 forslag Posisjonering 0 forslag "
        "Mål Leserne er delt mellom «På vei» og «På plass»: én av to valgte nivå 2, og én nivå 3 "
        "Det som fungerer ti flere i måneden , vis i teksten Tallet er lett å se for seg. Leser 1 "
        "Det som kunne vært annerledes "
        "Skriv en måned, fordi «etter hvert» aldri tar slutt. Leser 1 "
        "Målene kunne vært tydeligere. Leser 2 "
        "Én kommentar som bare er ros Bra! Leser 2 "
        "Ikke ennå: 0 · På vei: 1 · På plass: 1 · Utmerker seg: 0 · Snitt: 2,5 av 4 "
        "Retningslinjer Ingen har valgt nivå Ingen kommentarer på dette kriteriet. "
        "Eksempler Leseren valgte nivå 4, «Utmerker seg» Ingen kommentarer på dette kriteriet. "
        "Ikke ennå: 0 · På vei: 0 · På plass: 0 · Utmerker seg: 1 · Snitt: 4,0 av 4 "
        "Posisjonering Ingen har valgt nivå Ingen kommentarer på dette kriteriet. "
        "Forbedre Det er den siste versjonen dere publiserer før fristen, som får karakter. Rediger innlegget "
        "Versjoner Versjon 1 publisert torsdag 12. november kl. 13.00 Det leserne vurderte "
        "Les innlegget slik det står nå"
    )


@pytest.mark.parametrize(
    "levels, words",
    [
        ((2, 2), "Begge leserne valgte nivå 2, «På vei»"),
        ((1, 1, 1), "Alle tre valgte nivå 1, «Ikke ennå»"),
        ((3, 3, 4), "De fleste mener «På plass»: to av tre valgte nivå 3"),
        ((1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4), "Halvparten mener «På vei»: seks av tolv valgte nivå 2"),
        ((1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4), "Flest mener «På vei»: fem av tolv valgte nivå 2"),
        ((1, 2, 3), "Leserne ser det ulikt: tre nivåer er valgt like ofte, av én hver"),
        ((4,) * 13, "Alle 13 valgte nivå 4, «Utmerker seg»"),
    ],
)
def test_each_verdict_has_its_sentence(as_, clock, world, goals, write, levels, words):
    def send():
        for reader, level in zip(readers_of(world, len(levels)), levels, strict=True):
            send_review(world.posts["safa"], reader, {goals: level})

    write(send)

    assert f"Mål {words} Ingen kommentarer" in page(read(as_, clock, world.kari, world))


@pytest.mark.parametrize(
    "count, heading",
    [(1, "fra én leser"), (2, "fra to lesere"), (12, "fra tolv lesere"), (13, "fra 13 lesere")],
)
def test_the_heading_counts_the_readers(as_, clock, world, write, count, heading):
    write(lambda: [send_review(world.posts["safa"], reader, {}) for reader in readers_of(world, count)])

    assert f"<h1>Tilbakemelding {heading}</h1>" in text_of(read(as_, clock, world.kari, world))


def test_comments_stand_by_what_they_say_never_by_reader_or_time(app, clock, world, goals, write):
    said = [("a", ""), ("9", "i"), ("8", "wr"), ("7", "wri"), ("3", "r"), ("2", "wri")]

    def send():
        for reader, (letter, says) in zip(readers_of(world, 6), said, strict=True):
            send_review(world.posts["safa"], reader, {}, remark(goals, CHANGE, letter, letter * 16, says))

    write(send)

    assert [each.text for each in shown(app, clock, world.posts["safa"]).criteria[0].changes] == list("27839a")


def test_a_long_list_folds_after_the_four_most_complete(as_, clock, world, goals, write):
    def send(kind):
        for n, reader in enumerate(readers_of(world, 6)):
            text = remark(goals, kind, f"Nr. {n}", f"{n}" * 16, "w" if n else "")
            send_review(world.posts["safa"], reader, {}, text)

    write(lambda: send(CHANGE))
    assert (
        "Det som kunne vært annerledes Nr. 1 Leser 2 Nr. 2 Leser 3 Nr. 3 Leser 4 Nr. 4 Leser 5 "
        "Vis 2 forslag til Nr. 5 Leser 6 Nr. 0 Leser 1"
    ) in page(read(as_, clock, world.kari, world))

    write(lambda: db.session.query(Comment).update({"kind": STRENGTH}))
    assert "Nr. 4 Leser 5 Vis 2 til Nr. 5 Leser 6 Nr. 0 Leser 1" in page(read(as_, clock, world.kari, world))

    write(lambda: db.session.query(Comment).filter_by(text="Nr. 0").delete())
    assert "Nr. 4 Leser 5 Nr. 5 Leser 6" in page(read(as_, clock, world.kari, world))


def test_staff_see_what_the_team_sees_and_are_told_where_the_names_are(as_, clock, world, goals, write):
    write(lambda: send_review(world.posts["safa"], world.nils, {}, remark(goals, CHANGE, "Råd.", "a" * 16)))
    response = read(as_, clock, world.ada, world, "?team=safa")

    assert "Slik ser teamet det. Hvem leserne er, står på teamets ark ." in page(response)
    assert "Råd. Leser 1" in page(response)
    assert "Rediger innlegget" not in page(response)
    assert f'href="{world.at}/teams/safa"' in text_of(response)


def test_five_suggestions_are_pointed_out_where_there_are_more(app, as_, clock, world, write):
    names = ("goals", "guidelines", "examples", "positioning", "goals", "examples")

    def send(says):
        for n, (reader, name) in enumerate(zip(readers_of(world, 6), names, strict=True)):
            text = remark(world.criteria[name], CHANGE, f"Råd {n}", f"{n}" * 16, says if n else "i")
            send_review(world.posts["safa"], reader, {}, text)

    write(lambda: send("wri"))
    words = page(read(as_, clock, world.kari, world))

    assert (
        "Fem å begynne med Av 6 forslag. Valgt fordi de peker på et sted, sier hvorfor og foreslår noe annet. "
        "Retningslinjer · Leser 2 Råd 1 Eksempler · Leser 3 Råd 2 Posisjonering · Leser 4 Råd 3 "
        "Mål · Leser 5 Råd 4 Eksempler · Leser 6 Råd 5 Mål 2 forslag"
    ) in words
    write(lambda: db.session.query(Comment).filter_by(text="Råd 1").update({"reason": False}))
    assert "Av 6 forslag. Valgt fordi de sier mest om hvor, hvorfor og hva heller. Eks" in page(
        read(as_, clock, world.kari, world)
    )
    write(lambda: db.session.query(Comment).filter_by(text="Råd 5").delete())
    assert "å begynne med" not in page(read(as_, clock, world.kari, world))


def test_a_quote_leads_to_its_place_in_the_post(as_, clock, world, goals, write):
    long = "Vi vil bygge en sterkere merkevare i hele byen, og nå fram til alle"
    write(lambda: send_review(
        world.posts["safa"], world.nils, {},
        remark(goals, CHANGE, "Kort.", "a" * 16, quote="ti, & fler-tall"),
        remark(goals, CHANGE, "Langt.", "b" * 16, quote=long),
    ))
    html = text_of(read(as_, clock, world.kari, world))

    assert f'href="{world.at}/posts/safa/#:~:text=ti%2C%20%26%20fler%2Dtall"' in html
    assert f'href="{world.at}/posts/safa/#:~:text=Vi%20vil%20bygge%20en,n%C3%A5%20fram%20til%20alle"' in html


def test_readers_are_named_only_where_the_teacher_chose_so(as_, clock, world, goals, write):
    write(lambda: send_review(world.posts["safa"], world.nils, {}, remark(goals, CHANGE, "Råd.", "a" * 16)))
    assert "Råd. Leser 1" in page(read(as_, clock, world.kari, world))
    assert "Nils" not in text_of(read(as_, clock, world.tone, world, "?team=safa"))

    write(lambda: setattr(db.session.get_one(Assignment, world.assignment), "reviewers_named", True))
    assert "Råd. Nils Øye" in page(read(as_, clock, world.kari, world))


@pytest.mark.parametrize("days", (0, 6, 9, 13))
def test_the_page_is_the_same_bytes_whoever_wrote_which_review(as_, clock, world, goals, write, days):
    """Clock and randomness fixed, the same reviews by other people: nothing the team gets may differ."""

    def send(order):
        forget_reviews(world.posts["safa"])
        for number, reader in enumerate(order, 1):
            allocate(world.posts["safa"], reader, number)
        for number in sorted(range(1, 7), key=lambda number: order[number - 1]):
            send_review(
                world.posts["safa"], order[number - 1], {goals: 1 + number % 4},
                remark(goals, CHANGE, f"Råd {number}", f"{(7 * number) % 10}" * 16, "wri"[: number % 4]),
                remark(goals, STRENGTH, f"Ros {number}", f"{number}a" * 8, praise_only=number % 2 == 0),
                at=NOW + number * DAY / 24,
            )

    readers = write(lambda: readers_of(world, 6))
    browser, pages = as_(world.kari), []
    for order in (readers, readers[::-1], readers[2:] + readers[:2]):
        write(lambda order=order: send(order))
        clock.moment = NOW + days * DAY
        pages.append(TOKEN.sub("", browser.get(f"{world.at}/feedback").get_data(as_text=True)))
        clock.moment = NOW

    assert pages[0] == pages[1] == pages[2]
    assert ("Leser 6" in pages[0]) == (days > 0)


def test_a_post_nobody_reviewed_says_so(as_, clock, world):
    assert page(read(as_, clock, world.nils, world)).startswith(
        "Team Nordlys · Strategi Tilbakemelding Les først, rett etterpå. "
        "Dere kan endre innlegget til lørdag 28. november kl. 13.00. "
        "Karakteren kommer senest tirsdag 8. desember kl. 13.00. "
        "Ingen har vurdert innlegget ennå "
        "Lesere med utsatt frist kan fortsatt svare. Da står vurderingen her neste morgen."
    )


def test_a_team_that_never_published_is_told_why_there_is_nothing(as_, clock, world, write):
    assert "Dere har ikke publisert innlegget Bare publiserte innlegg får lesere." in page(
        read(as_, clock, world.mona, world)
    )
    write(lambda: db.session.delete(db.session.get_one(Post, world.posts["makrell"])))
    assert "Dere har ikke noe innlegg her" in page(read(as_, clock, world.mona, world))


def test_the_page_knows_which_version_was_read_and_when_improving_ends(as_, clock, world, write):
    def publish_again():
        send_review(world.posts["safa"], world.nils, {})
        revision = make(
            Revision, post_id=world.posts["safa"], number=2, title="Ny", words=9, published_at=OPEN, late=True,
            published_by_id=world.kari,
        )
        db.session.get_one(Post, world.posts["safa"]).current_revision_id = revision.id
        make(
            Extension, assignment_id=world.assignment, deadline="improve", team_id=world.teams["safa"],
            until=NOW + 12 * DAY, granted_by_id=world.tone,
        )

    write(publish_again)
    words = page(read(as_, clock, world.kari, world))

    assert "Dere kan endre innlegget til mandag 30. november kl. 13.00." in words
    assert (
        "Versjoner Versjon 2 publisert tirsdag 24. november kl. 13.00 · for sent "
        "Versjon 1 publisert torsdag 12. november kl. 13.00 Det leserne vurderte"
    ) in words


def test_once_improving_is_over_nothing_is_to_be_edited(as_, clock, world, write):
    write(lambda: send_review(world.posts["safa"], world.nils, {}))
    clock.moment = NOW + 11 * DAY
    html = text_of(as_(world.kari).get(f"{world.at}/feedback"))

    assert "Rediger innlegget" not in html
    assert "Karakteren kommer senest" in html


@pytest.mark.parametrize("readers", (1, 24))
def test_the_page_costs_the_same_whatever_the_number_of_readers(app, world, goals, write, count_queries, readers):
    write(lambda: [
        send_review(world.posts["safa"], reader, {goals: 2}, remark(goals, CHANGE, "Råd.", f"{n:016}"))
        for n, reader in enumerate(readers_of(world, readers))
    ])
    with app.app_context():
        post = db.session.get_one(Post, world.posts["safa"])
        count_queries.clear()
        queries.feedback_to(post, OPEN)

        assert len(count_queries) == 7
