"""A whole course from nothing, as its people live it: from the teacher's first link to the student's grade."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, serving
from tests.journeys.course import (
    AT,
    DEADLINES,
    HOME,
    IMPROVING_CLOSED,
    JOINER,
    REVIEWING_CLOSED,
    TEACHER,
    TEAMS,
    WRITING_CLOSED,
    Course,
    class_list,
    drawn,
)
from tests.journeys.people import PASSWORD, Person, address_of
from tests.journeys.texts import IMPROVEMENT, REMARKS, Text, demo_text, real_post

pytestmark = pytest.mark.browser

VERDICT = "Planen er kort nok til å brukes. Neste gang: vis ett svar til, og si hvem stedet ikke er for."


@pytest.fixture
def course(request, database_url, tmp_path, visitor_to):
    with serving(database_url, tmp_path, demo=False) as served:
        yield Course(served, visitor_to, f"course-{request.node.callspec.id}")


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(real_post, id="real-post"),
        pytest.param(demo_text, id="demo-text"),
    ],
)
def test_a_course_runs_from_nothing_to_the_grade(course, source, tmp_path):
    text = source()
    the_teacher_makes_a_course(course)
    the_class_is_pasted(course)
    students_accept_their_links(course, invitations(course))
    one_joins_by_the_code(course)
    the_assignment_is_opened(course)
    safa_publishes(course, text, drawn(tmp_path / "tavla.png"))
    the_others_publish(course)

    course.served.moment = WRITING_CLOSED
    readers = readers_of_safa(course)
    they_review(course, readers, text)

    course.served.moment = REVIEWING_CLOSED
    safa_reads_its_feedback(course, readers)
    safa_publishes_again(course, text)

    course.served.moment = IMPROVING_CLOSED
    the_teacher_grades(course)
    the_grade_is_released(course)
    the_student_sees_the_grade(course)


def the_teacher_makes_a_course(course: Course) -> None:
    teacher = course.teacher
    printed = course.served.run("add-teacher", TEACHER, teacher.email)
    teacher.accept(re.search(r"http\S+", printed)[0])
    teacher.follow("Lag et emne")
    teacher.fill("Emnekode", "MRK1000")
    teacher.fill("Emnets navn", "Sosiale medier")
    teacher.fill("Semester", "høst 2026")
    teacher.press("Lag emnet")
    teacher.sees("Klassen er tom")
    course.shoot(teacher, "01-empty-class")


def the_class_is_pasted(course: Course) -> None:
    teacher = course.teacher
    teacher.fill("Lim inn fra regneark eller LMS", class_list())
    teacher.press("Se over lista")
    expect(teacher.page.get_by_role("heading", name="8 klare, 1 må rettes")).to_be_visible()
    course.shoot(teacher, "02-class-list-preview")
    teacher.page.get_by_label(re.compile("^E-post, rad ")).fill(address_of("Nils"))
    teacher.press("Sjekk på nytt")
    expect(teacher.page.get_by_role("heading", name="9 klare")).to_be_visible()
    teacher.press("Legg til 9 studenter")
    teacher.sees("9 studenter er lagt til")
    course.shoot(teacher, "03-class")


def invitations(course: Course) -> dict[str, str]:
    """Name -> personal link, from the page that shows them once."""
    teacher = course.teacher
    teacher.press("Lag invitasjoner")
    teacher.sees("9 personlige lenker")
    course.shoot(teacher, "04-invitations")
    lines = teacher.page.get_by_label("Som liste").input_value().splitlines()
    return {name: link for name, _email, link in (line.split(";") for line in lines)}


def students_accept_their_links(course: Course, links: dict[str, str]) -> None:
    for name, link in links.items():
        student = course.person(name)
        student.accept(link)
        student.sees("Teamet ditt")


def one_joins_by_the_code(course: Course) -> None:
    teacher, student = course.teacher, course.person(JOINER, viewport=PHONE, has_touch=True)
    code = teacher.go(f"{HOME}/class").get_by_label(re.compile("^Kode: ")).inner_text()
    student.go("/sign-in")
    student.follow("Bli med i et emne")
    student.fill("Koden", code.lower())
    student.press("Gå videre")
    student.fill("Navn", JOINER)
    student.fill("E-post", student.email)
    student.fill("Velg et passord", PASSWORD)
    student.page.get_by_label("Team").select_option("Makrell")
    course.shoot(student, "05-join")
    student.press("Bli med")
    student.sees("Teamet ditt, Makrell")
    teacher.go(f"{HOME}/class")
    course.shoot(teacher, "06-joined-by-code")
    teacher.press(f"Bekreft {JOINER}")
    teacher.sees("Lagret")
    expect(teacher.page.get_by_role("heading", name="Ble med med koden")).to_have_count(0)


def the_assignment_is_opened(course: Course) -> None:
    teacher = course.teacher
    teacher.go(f"{HOME}/")
    teacher.follow("Ny oppgave")
    for label, moment in DEADLINES.items():
        teacher.fill(label, moment)
    teacher.page.get_by_role("group", name="Innlegg hver student vurderer").get_by_label("2", exact=True).check()
    course.shoot(teacher, "07-assignment")
    teacher.press("Åpne for studentene")
    teacher.sees("Oppgaven er åpen for studentene")
    course.shoot(teacher, "08-assignment-opened")


def safa_publishes(course: Course, text: Text, picture: Path) -> None:
    kari, ola = map(course.person, TEAMS["SAFA"])
    kari.go(f"{HOME}/")
    kari.follow("Skriv innlegget")
    kari.write(text)
    kari.press("Lagre utkast")
    kari.sees("Utkastet er lagret")
    kari.insert_picture(2, picture, "En tavle med ukas plan i tre farger", "Planen henger bak disken")
    expect(kari.page.get_by_role("img", name="Bilde 1 i svaret")).to_be_visible()
    course.shoot(kari, "09-editor")
    kari.publish()
    board = kari.page.get_by_role("img", name="En tavle med ukas plan i tre farger")
    board.scroll_into_view_if_needed()
    expect(board).to_have_js_property("complete", True)
    course.shoot(kari, "10-post")
    course.shoot_small(kari, "10-post")
    ola.go(f"{HOME}/")
    ola.sees("Innlegget er publisert, du er ferdig nå")


def the_others_publish(course: Course) -> None:
    for team, (writer, _mate) in list(TEAMS.items())[1:]:
        person = course.person(writer)
        person.go(f"{AT}/post")
        person.write(Text(f"{team} om å svare kundene", ("Fordi kundene spør.", "Mål, regler og ett eksempel.")))
        person.publish()


def readers_of_safa(course: Course) -> list[Person]:
    """The teacher's first request after the deadline finds the posts dealt: everyone reads two, every post has four."""
    teacher = course.teacher
    teacher.go(f"{AT}/allocation")
    post = teacher.page.get_by_role("group").filter(has_text=re.compile(r"^\s*SAFA\s*4 lesere"))
    post.get_by_text("SAFA", exact=True).click()
    course.shoot(teacher, "11-allocation")
    lines = post.get_by_role("listitem").all_inner_texts()
    names = [name for name in course.people if any(line.startswith(name) for line in lines)]
    assert len(lines) == len(names) == 4
    assert not set(names) & set(TEAMS["SAFA"])
    return [course.person(name) for name in names]


def they_review(course: Course, readers: list[Person], text: Text) -> None:
    for n, reader in enumerate(readers):
        reader.open_review_of(f"{AT}/reviews", text.title)
        remarks = {criterion: of_each[n] for criterion, of_each in REMARKS.items()}
        if n == 0:
            leaves_and_returns(course, reader, text)
        if n == 3:
            reader.page.set_viewport_size(PHONE)
            reader.follow("Åpne vurderingen")
        for criterion, remark in remarks.items():
            reader.judge(criterion, remark)
        if n == 1:
            reader.unfold("mål")
            reader.point_at("mål", text.passage)
        reader.send_review()
        course.shoot(reader, f"13-review-{n + 1}")


def leaves_and_returns(course: Course, reader: Person, text: Text) -> None:
    """Saves half a review, tries to send it, is told what is missing, and finds it all there the next time."""
    reader.say("mål", "Bra start.", "")
    reader.press("Lagre utkast")
    reader.sees("Utkastet er lagret")
    reader.press("Send vurdering")
    expect(reader.page.get_by_role("alert")).to_be_focused()
    course.shoot(reader, "12-review-lacking")
    reader.go(f"{HOME}/")
    course.shoot(reader, "12-home-reviewing")
    reader.open_review_of(f"{AT}/reviews", text.title)
    reader.unfold("mål")
    expect(reader.page.get_by_label("Hva fungerer? mål", exact=True)).to_have_value("Bra start.")


def safa_reads_its_feedback(course: Course, readers: list[Person]) -> None:
    kari = course.person(TEAMS["SAFA"][0])
    kari.go(f"{HOME}/")
    course.shoot(kari, "14-home-feedback")
    kari.follow("Les tilbakemeldingen")
    kari.sees("Tilbakemelding fra fire lesere")
    for number in range(1, 5):
        kari.sees(f"Leser {number}")
    for remarks in REMARKS.values():
        for _level, works, change in remarks:
            assert kari.page.get_by_text(works).count() >= 1
            assert not change or kari.page.get_by_text(change).count() >= 1
    source = kari.page.content()
    told = [name for reader in readers for name in (*reader.name.split(), reader.email) if name in source]
    assert told == []
    course.shoot(kari, "15-feedback")
    course.shoot_small(kari, "15-feedback")


def safa_publishes_again(course: Course, text: Text) -> None:
    kari = course.person(TEAMS["SAFA"][0])
    kari.follow("Rediger innlegget")
    second = kari.answers()[1]
    second.fill(second.input_value() + "\n" + IMPROVEMENT)
    course.shoot(kari, "16-improving")
    kari.publish()
    kari.sees("Dette er versjon 2")


def the_teacher_grades(course: Course) -> None:
    teacher = course.teacher
    teacher.go(f"{AT}/overview")
    row = teacher.page.get_by_role("row").filter(has=teacher.page.get_by_role("rowheader", name="SAFA"))
    expect(row).to_contain_text("4 av 4")
    course.shoot(teacher, "17-overview")
    course.shoot_small(teacher, "17-overview")
    row.get_by_role("rowheader").get_by_role("link").click()
    teacher.page.get_by_text("ingen ennå").click()
    teacher.fill("Kommentar til teamet", VERDICT)
    teacher.page.get_by_role("radio", name="B", exact=True).check()
    course.shoot(teacher, "18-sheet")
    teacher.press("Klar, neste")


def the_grade_is_released(course: Course) -> None:
    teacher = course.teacher
    teacher.go(f"{AT}/overview")
    teacher.follow("Kunngjør 1 karakter")
    teacher.sees("Venter: 4 uten karakter")
    course.shoot(teacher, "19-release")
    teacher.press("Kunngjør 1 karakter")
    teacher.sees("1 karakter er kunngjort")


def the_student_sees_the_grade(course: Course) -> None:
    ola = course.person(TEAMS["SAFA"][1])
    ola.go(f"{HOME}/")
    ola.follow("Se karakteren")
    ola.sees(VERDICT)
    words = ola.page.get_by_role("main").inner_text()
    assert 0 < words.index(VERDICT) < words.index("Meget god")
    course.shoot(ola, "20-grade")
    course.shoot_small(ola, "20-grade")
    other = course.person("Nora Alikhani")
    other.go(f"{AT}/grade")
    other.sees("Karakteren er ikke kunngjort ennå")
