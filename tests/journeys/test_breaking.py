"""The person who breaks things: two tabs, Back, double clicks, a lost session, odd text, other people's addresses,
no mouse, no scripts. Nothing typed is lost, and nothing happens twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from blogreview.accounts.passwords import hash_password
from blogreview.db import db
from blogreview.models import User
from tests.conftest import empty
from tests.journeys.conftest import serving
from tests.journeys.people import PASSWORD, Person
from tests.journeys.texts import REMARKS, Text, demo_text
from tests.world import NOW, PEOPLE, World

pytestmark = pytest.mark.browser

HOME, AT = World.home, World.at
WRITING, REVIEWING, GRADING = NOW - timedelta(days=6), NOW, NOW + timedelta(days=12)
FIRST, SECOND = "Den første fanens ord.", "Den andre fanens ord."
WORD_TABLE = "Mål\tFrist\tAnsvar\nSvare alle\tklokka tolv\tden som har vakt\n"
WORD_HTML = '<table class="MsoNormalTable"><tr><td onclick="x()">Mål</td></tr></table><script>alert("tatt")</script>'
ARABIC, READER = "لماذا نحتاج إلى خطة؟", "ليلى حداد"
#: How far the words end from the right edge of their block, in whole pixels.
SPACE_AT_THE_RIGHT = """block => {
  const words = document.createRange();
  words.selectNodeContents(block);
  const ends = [...words.getClientRects()].map(line => line.right);
  return Math.round(block.getBoundingClientRect().right - Math.max(...ends));
}"""


@pytest.fixture(scope="module")
def served(database_url, tmp_path_factory):
    with serving(database_url, tmp_path_factory.mktemp("breaking"), demo=False) as served:
        yield served


@pytest.fixture(scope="module")
def password_hash():
    return hash_password(PASSWORD)


@pytest.fixture
def person(served, visitor_to, password_hash):
    """``person("kari")``: somebody of the cast, at a browser, in the writing phase."""
    with served.app.app_context():
        World.build()
        for user in db.session.query(User):
            user.password_hash = password_hash
        db.session.commit()
    served.moment = WRITING
    yield lambda key, **more: Person(visitor_to(served, **more), PEOPLE[key][0])
    empty(served.app)


def test_two_tabs_saving_the_same_answer_lose_nothing(person):
    kari = person("kari")
    first, second = kari.go(f"{AT}/post"), kari.visitor.context.new_page()
    second.goto(first.url)
    for page, words in ((first, FIRST), (second, SECOND)):
        page.get_by_label("Hvorfor trenger de en strategi?", exact=True).fill(words)
        page.get_by_role("button", name="Lagre utkast").click()
    expect(second.get_by_text("Noen andre har lagret i den samme teksten")).to_be_visible()
    expect(second.get_by_text(FIRST)).to_be_visible()
    expect(second.get_by_label("Hvorfor trenger de en strategi?", exact=True)).to_have_value(SECOND)
    kari.visitor.page = second
    kari.visitor.shoot("breaking/two-tabs")
    kari.press("Lagre utkast")
    kari.sees("Utkastet er lagret")
    assert kari.answers()[0].input_value() == SECOND


def test_two_tabs_saving_the_same_review_lose_nothing(person, served):
    served.moment = REVIEWING
    nils = person("nils")
    first, second = nils.go(f"{AT}/posts/safa/review"), nils.visitor.context.new_page()
    second.goto(first.url)
    for page, words in ((first, FIRST), (second, SECOND)):
        page.get_by_label("Hva fungerer? mål", exact=True).fill(words)
        page.get_by_role("button", name="Lagre utkast").click()
    expect(second.get_by_text("Vurderingen ble lagret i et annet vindu")).to_be_visible()
    expect(second.get_by_role("table").get_by_text(FIRST)).to_be_visible()
    expect(second.get_by_label("Hva fungerer? mål", exact=True)).to_have_value(SECOND)
    nils.visitor.page = second
    nils.visitor.shoot("breaking/two-tabs-review")


def test_going_back_after_publishing_and_pressing_again_publishes_nothing_new(person):
    kari = person("kari")
    kari.go(f"{AT}/post")
    kari.write(demo_text())
    kari.publish()
    kari.sees("Dette er versjon 2")
    kari.page.go_back()
    kari.sees("Publiser for klassen?")
    kari.page.get_by_role("main").get_by_role("button", name="Publiser").click()
    kari.sees("Dette er versjon 2")


def test_a_double_click_sends_once(person, served):
    served.moment = REVIEWING
    nils = person("nils")
    nils.go(f"{AT}/posts/safa/")
    nils.fill("Svar teamet", "Hvor mange spørsmål får dere i uka?")
    nils.page.get_by_role("button", name="Publiser svaret").dblclick()
    expect(nils.page.get_by_role("heading", name="Ett svar fra klassen")).to_be_visible()
    nils.go(f"{AT}/posts/safa/review")
    judge_all(nils)
    nils.page.get_by_role("button", name="Send vurdering").dblclick()
    nils.sees("Vurderingen er sendt")
    nils.go(f"{AT}/reviews")
    expect(nils.page.get_by_text("Sendt", exact=True)).to_have_count(1)


def test_what_was_typed_outlives_a_session_that_ended_elsewhere(person):
    kari = person("kari")
    typed_then_signed_out_elsewhere(kari)
    kari.press("Lagre utkast")
    kari.sees("Teksten din er tatt vare på")
    kari.visitor.shoot("breaking/signed-out")
    kari.sign_in()
    kari.press("Send på nytt")
    kari.sees("Utkastet er lagret")
    assert kari.answers()[0].input_value() == FIRST


def test_what_was_typed_outlives_a_new_session_begun_elsewhere(person):
    kari = person("kari")
    editor, elsewhere = kari.page, typed_then_signed_out_elsewhere(kari)
    kari.visitor.page = elsewhere
    kari.sign_in()
    kari.sees("Kari Nes (deg)")
    kari.visitor.page = editor
    kari.press("Lagre utkast")
    kari.press("Send på nytt")
    kari.sees("Utkastet er lagret")
    assert kari.answers()[0].input_value() == FIRST


def typed_then_signed_out_elsewhere(kari: Person) -> Page:
    """Kari stands in the editor with words not saved; the other tab is returned."""
    kari.go(f"{AT}/post")
    kari.answers()[0].fill(FIRST)
    other = kari.visitor.context.new_page()
    other.goto(f"{kari.visitor.served.address}{HOME}/")
    other.locator("summary").filter(has_text="Kari Nes, meny").click()
    other.get_by_role("button", name="Logg ut").click()
    expect(other.get_by_role("heading", name="Logg inn")).to_be_visible()
    return other


def test_text_from_word_and_from_right_to_left_reads_as_it_was_meant(person):
    kari = person("kari")
    kari.go(f"{AT}/post")
    kari.write(Text(ARABIC, (WORD_TABLE + WORD_HTML, f"{ARABIC}\n\n{READER}")))
    kari.publish()
    expect(kari.page.get_by_role("heading", level=1)).to_have_text(ARABIC)
    for right_to_left in (kari.page.get_by_role("heading", level=1), kari.page.get_by_text(READER)):
        assert right_to_left.evaluate(SPACE_AT_THE_RIGHT) == 0
    assert kari.page.get_by_text("den som har vakt").evaluate(SPACE_AT_THE_RIGHT) > 0
    assert kari.page.get_by_role("main").locator("script, [onclick]").count() == 0
    kari.visitor.shoot("breaking/word-and-arabic")


@pytest.mark.parametrize(
    "path, status",
    [
        ("/courses/annet/", 404),
        ("/courses/finnes-ikke/", 404),
        (f"{AT}/posts/makrell/", 404),
        (f"{AT}/posts/safa/review", 403),
        (f"{AT}/overview", 403),
        (f"{AT}/overview.csv", 403),
        (f"{AT}/teams/safa", 403),
        (f"{AT}/allocation", 403),
        (f"{AT}/edit", 403),
        (f"{HOME}/class", 403),
    ],
)
def test_other_peoples_addresses_open_nothing(person, path, status):
    kari = person("kari")
    kari.go(f"{HOME}/")
    response = kari.page.goto(f"{kari.visitor.served.address}{path}")
    assert response.status == status
    kari.sees("Siden finnes ikke" if status == 404 else "Du har ikke tilgang")


def test_a_person_without_a_mouse_signs_in_writes_and_publishes(person):
    kari = person("kari")
    kari.visitor.open("/")
    sign_in_by_keyboard(kari)
    kari.enter("link", "Rediger innlegget")
    kari.type_in("Hva bør den inneholde?", " Skrevet uten mus.")
    kari.enter("button", "Publiser")
    kari.sees("Publiser for klassen?")
    kari.tab_to(kari.page.get_by_role("main").get_by_role("button", name="Publiser"))
    kari.page.keyboard.press("Enter")
    kari.sees("Innlegget er publisert")
    kari.sees("Skrevet uten mus.")


def test_a_person_without_a_mouse_sends_a_review(person, served):
    served.moment = REVIEWING
    nils = person("nils")
    nils.visitor.open("/")
    sign_in_by_keyboard(nils)
    nils.enter("link", "Begynn å vurdere")
    expect(nils.page.get_by_role("heading", name="Vurderingen din")).to_be_attached()
    for criterion, (remark, *_others) in REMARKS.items():
        judge_by_keyboard(nils, criterion, remark)
    nils.enter("button", "Send vurdering")
    nils.sees("Vurderingen er sendt")


def test_the_main_flows_work_without_scripts(person, served, tmp_path):
    """Writing with a picture, reviewing, reading, grading and releasing, each by plain pages and forms."""
    picture = tmp_path / "tavla.png"
    Image.linear_gradient("L").save(picture)
    kari, nils, tone = (person(key, java_script_enabled=False) for key in ("kari", "nils", "tone"))
    kari.go(f"{AT}/post")
    kari.write(demo_text())
    kari.insert_picture(1, picture, "Tavla bak disken", "")
    kari.publish()
    expect(kari.page.get_by_role("img", name="Tavla bak disken")).to_be_visible()
    served.moment = REVIEWING
    nils.go(f"{AT}/posts/safa/review")
    judge_all(nils)
    nils.send_review()
    served.moment = GRADING
    kari.go(f"{AT}/feedback")
    kari.sees("Tilbakemelding fra én leser")
    tone.go(f"{AT}/teams/safa")
    tone.page.get_by_role("radio", name="B", exact=True).check()
    tone.press("Klar, neste")
    tone.go(f"{AT}/release")
    tone.press("Kunngjør 1 karakter")
    tone.sees("1 karakter er kunngjort")
    kari.go(f"{AT}/grade")
    kari.sees("Meget god")


def judge_all(reader: Person) -> None:
    for criterion, (remark, *_others) in REMARKS.items():
        reader.judge(criterion, remark)


def sign_in_by_keyboard(person: Person) -> None:
    person.type_in("E-post", person.email)
    person.type_in("Passord", PASSWORD)
    person.page.keyboard.press("Enter")


def judge_by_keyboard(reader: Person, criterion: str, remark: tuple[int, str, str]) -> None:
    level, works, change = remark
    page = reader.page
    if not page.get_by_label(f"Hva fungerer? {criterion}", exact=True).is_visible():
        heading = page.get_by_role("heading", name=criterion.capitalize(), exact=True)
        reader.tab_to(page.locator("summary").filter(has=heading))
        page.keyboard.press("Enter")
    reader.type_in(f"Hva fungerer? {criterion}", works)
    reader.type_in(f"Hva kunne vært annerledes? {criterion}", change)
    levels = page.get_by_role("group", name=f"Hvor langt har de kommet? {criterion}").get_by_role("radio")
    reader.tab_to(levels.first)
    page.keyboard.press("Space")
    for _step in range(level - 1):
        page.keyboard.press("ArrowDown")
    expect(levels.nth(level - 1)).to_be_checked()
