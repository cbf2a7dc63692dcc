"""The rubric's editor: its buttons, whose words are stored, and when it is closed."""

from __future__ import annotations

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from flask import Flask
from flask_babel import Babel

from blogreview.assignments.rubric_forms import own_words
from blogreview.assignments.rubric_queries import rubric_of
from blogreview.db import db
from blogreview.domain.rubric import DEFAULT_CRITERIA, DEFAULT_LEVELS
from blogreview.domain.terms import ReviewKind
from blogreview.models import AuditEvent, Criterion, Level, Post, Review
from blogreview.phrases import CRITERIA
from tests.assignments.filled import filled
from tests.pages import text_of
from tests.world import NOW, make

NAMES = ["Mål", "Retningslinjer", "Eksempler", "Posisjonering"]
LEVELS = ["Ikke ennå", "På vei", "På plass", "Utmerker seg"]


@pytest.fixture
def editor(world, as_):
    tone, address = as_(world.tone), f"{world.at}/edit/rubric"
    return tone, address, filled(tone.get(address))


def stored(app, world):
    with app.app_context():
        return rubric_of(world.assignment)


def begin_review(app, world, reviewer="nils"):
    with app.app_context():
        post = db.session.get_one(Post, world.posts["safa"])
        make(
            Review, post_id=post.id, reviewer_id=getattr(world, reviewer), revision_id=post.current_revision_id,
            kind=ReviewKind.PEER, saved_at=NOW,
        )
        db.session.commit()


def test_the_editor_shows_the_default_in_the_reader_s_language(editor):
    _tone, _address, page = editor
    assert (page["criterion_name"], page["level_name"]) == (NAMES, LEVELS)
    assert page["criterion_guidance"][0] == "Kan målene etterprøves?"
    assert page["descriptor"][:2] == ["Ingen mål, eller bare ønsker.", "Målene finnes, men kan ikke etterprøves."]
    assert len(page["descriptor"]) == 16


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_words_left_as_they_are_in_any_language_are_nobody_s_own(app, world, editor, language):
    """Saved in one language, read in another: still the default's, in the reader's own."""
    tone, address, _page = editor
    tone.client.set_cookie("language", language)
    page = filled(tone.get(address))
    assert tone.post(address, page).status_code == 303
    after = stored(app, world)
    assert [(row.key, row.name, row.guidance, row.descriptors) for row in after.criteria] == [
        (key, None, None, {}) for key in DEFAULT_CRITERIA
    ]
    assert [(level.key, level.name) for level in after.levels] == [(key, None) for key in DEFAULT_LEVELS]


def test_a_form_opened_in_one_language_and_saved_in_another_stores_nothing(app, world, editor):
    tone, address, page = editor
    tone.client.set_cookie("language", "en")
    tone.post(address, page)
    assert [row.name for row in stored(app, world).criteria] == [None, None, None, None]


def test_the_default_s_word_is_known_in_every_language_whoever_reads(tmp_path):
    """With catalogs of its own, so that the three words differ."""
    for language, word in (("nn", "Føremål"), ("en", "Goals")):
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        catalog = Catalog(locale=language)
        catalog.add("Mål", word)
        with (folder / "messages.mo").open("wb") as file:
            write_mo(file, catalog)
    small = Flask(__name__)
    small.config["BABEL_TRANSLATION_DIRECTORIES"] = str(tmp_path)
    for reader in ("nb", "en"):
        Babel(small, locale_selector=lambda reader=reader: reader)
        with small.test_request_context():
            typed = ("Mål", "Føremål", "Goals", "Purpose", "mål", "")
            assert [own_words(CRITERIA["goals"], word) for word in typed] == [None, None, None, "Purpose", "mål", ""]
            assert [own_words(None, word) for word in ("Kilder", "")] == ["Kilder", None]


def test_an_edited_word_is_stored_and_the_rest_still_follows_the_reader(app, world, editor):
    tone, address, page = editor
    descriptors = list(page["descriptor"])
    descriptors[5] = "  Gode råd, men   ingen følger dem. "
    page |= {"criterion_name": ["Hensikt", *NAMES[1:]], "level_name": [*LEVELS[:3], "Best"], "descriptor": descriptors}
    tone.post(address, page)

    after = stored(app, world)
    assert [(row.key, row.name) for row in after.criteria] == [
        ("goals", "Hensikt"), ("guidelines", None), ("examples", None), ("positioning", None),
    ]
    assert [row.descriptors for row in after.criteria] == [{}, {2: "Gode råd, men ingen følger dem."}, {}, {}]
    assert [level.name for level in after.levels] == [None, None, None, "Best"]

    page = filled(tone.get(address))
    tone.post(address, page | {"criterion_name": NAMES})
    assert stored(app, world).criteria[0].name is None


def test_saving_keeps_every_row_and_tells_the_audit_what_was_and_is(app, world, editor):
    tone, address, page = editor
    before = stored(app, world)
    answer = tone.post(address, page | {"criterion_name": ["Hensikt", *NAMES[1:]]})
    assert (answer.status_code, answer.location) == (303, f"{address}?saved=1")
    assert "Kriteriene er lagret" in text_of(tone.get(answer.location))
    after = stored(app, world)
    assert [row.id for row in after.criteria] == [row.id for row in before.criteria]
    assert [level.id for level in after.levels] == [level.id for level in before.levels]
    with app.app_context():
        event = db.session.query(AuditEvent).one()
        assert (event.verb, event.actor_id, event.subject) == (
            "rubric:changed", world.tone, f"assignment {world.assignment}",
        )
        assert event.details["before"]["criteria"][0]["name"] is None
        assert event.details["after"]["criteria"][0]["name"] == "Hensikt"


def test_a_criterion_is_added_last_with_what_is_typed_kept(app, world, editor):
    tone, address, page = editor
    page = filled(tone.post(address, page | {"action": "add-criterion", "criterion_name": ["Hensikt", *NAMES[1:]]}))
    assert page["criterion_name"] == ["Hensikt", *NAMES[1:], ""]
    assert (len(page["descriptor"]), page["criterion_id"][-1]) == (20, "")
    assert len(stored(app, world).criteria) == 4

    descriptors = [*page["descriptor"][:16], "Ingen", "", "", "Alle"]
    tone.post(address, page | {"criterion_name": ["Hensikt", *NAMES[1:], "Kilder"], "descriptor": descriptors})
    last = stored(app, world).criteria[4]
    assert (last.position, last.key, last.name, last.guidance, last.descriptors) == (
        5, None, "Kilder", None, {1: "Ingen", 4: "Alle"},
    )


@pytest.mark.parametrize(
    ("button", "names"),
    [
        ("remove-criterion.1", ["Mål", "Eksempler", "Posisjonering"]),
        ("raise-criterion.2", ["Mål", "Eksempler", "Retningslinjer", "Posisjonering"]),
        ("lower-criterion.0", ["Retningslinjer", "Mål", "Eksempler", "Posisjonering"]),
        ("raise-criterion.0", NAMES),
        ("lower-criterion.3", NAMES),
        ("lower-criterion.99999", ["Retningslinjer", "Mål", "Eksempler", "Posisjonering"]),
        ("raise-criterion.x", NAMES),
    ],
)
def test_criteria_are_removed_and_moved_and_stored_so(app, world, editor, button, names):
    tone, address, page = editor
    page = filled(tone.post(address, page | {"action": button}))
    assert page["criterion_name"] == names
    assert tone.post(address, page).status_code == 303
    keys = dict(zip(NAMES, DEFAULT_CRITERIA, strict=True))
    after = stored(app, world).criteria
    assert [(row.position, row.key) for row in after] == [(n, keys[name]) for n, name in enumerate(names, 1)]


def test_a_level_is_added_on_top(app, world, editor):
    tone, address, page = editor
    page = filled(tone.post(address, page | {"action": "add-level"}))
    assert (page["level_name"], page["descriptor"][3:6]) == (
        [*LEVELS, ""], ["Målene styrer valgene i resten av teksten.", "", "Sier ikke hvem som gjør hva."],
    )
    assert tone.post(address, page | {"level_name": [*LEVELS, "Mesterlig"]}).status_code == 303
    after = stored(app, world)
    assert [(level.number, level.key, level.name) for level in after.levels] == [
        *((n, key, None) for n, key in enumerate(DEFAULT_LEVELS, 1)), (5, None, "Mesterlig"),
    ]


def test_a_removed_level_closes_up_and_words_stay_with_their_level(app, world, editor):
    tone, address, page = editor
    descriptors = list(page["descriptor"])
    descriptors[2] = "Et tall og en dato."
    tone.post(address, page | {"descriptor": descriptors})
    page = filled(tone.post(address, filled(tone.get(address)) | {"action": "remove-level.1"}))
    assert (page["level_name"], len(page["descriptor"])) == (["Ikke ennå", "På plass", "Utmerker seg"], 12)
    tone.post(address, page)

    after = stored(app, world)
    assert [(level.number, level.key) for level in after.levels] == [(1, "not-yet"), (2, "in-place"), (3, "stands-out")]
    assert after.criteria[0].descriptors == {2: "Et tall og en dato."}


def test_levels_are_never_fewer_than_two_or_more_than_six(editor):
    tone, address, page = editor
    for _ in range(4):
        page = filled(tone.post(address, page | {"action": "remove-level.0"}))
    assert page["level_name"] == ["På plass", "Utmerker seg"]
    for _ in range(6):
        page = filled(tone.post(address, page | {"action": "add-level"}))
    assert page["level_name"] == ["På plass", "Utmerker seg", "", "", "", ""]


def test_the_last_criterion_stays(editor):
    tone, address, page = editor
    for _ in range(5):
        page = filled(tone.post(address, page | {"action": "remove-criterion.0"}))
    assert page["criterion_name"] == "Posisjonering"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"criterion_name": ["Mål", " ", "Eksempler", "Posisjonering"]}, "Gi kriterium 2 et navn."),
        ({"level_name": ["Ikke ennå", "På vei", "", "Utmerker seg"]}, "Gi nivå 3 et navn."),
        ({"criterion_name": ["x" * 81, *NAMES[1:]]}, "Et navn kan ha høyst 80 tegn."),
        ({"criterion_guidance": ["x" * 301]}, "En beskrivelse kan ha høyst 300 tegn."),
        ({"descriptor": ["x" * 301]}, "En beskrivelse kan ha høyst 300 tegn."),
        ({"criterion_name": [], "criterion_id": []}, "Oppgaven trenger minst ett kriterium."),
        ({"level_name": ["Alt"], "level_id": [""]}, "Det må være fra to til seks nivåer."),
        ({"level_name": list("abcdefg"), "level_id": [""] * 7}, "Det må være fra to til seks nivåer."),
    ],
)
def test_what_is_wrong_gets_a_sentence_and_nothing_is_stored(app, world, editor, typed, sentence):
    tone, address, page = editor
    before = stored(app, world)
    answer = tone.post(address, page | typed)
    assert (answer.status_code, stored(app, world)) == (422, before)
    assert sentence in text_of(answer)


@pytest.mark.parametrize("field", ["criterion_id", "level_id"])
@pytest.mark.parametrize("wrong", ["999999", "²", "same"])
def test_a_row_that_is_not_the_assignment_s_or_is_used_twice_does_not_exist(app, world, editor, field, wrong):
    tone, address, page = editor
    before = stored(app, world)
    ids = list(page[field])
    ids[1] = ids[0] if wrong == "same" else wrong
    assert tone.post(address, page | {field: ids}).status_code == 404
    assert stored(app, world) == before


def test_once_a_review_has_begun_the_rubric_is_read_and_says_why(app, world, editor):
    tone, address, page = editor
    begin_review(app, world)
    begin_review(app, world, "mona")
    shown = tone.get(address)
    assert "Kriteriene er låst fordi 2 har begynt." in text_of(shown)
    assert 'name="criterion_name"' not in text_of(shown)

    before = stored(app, world)
    late = tone.post(address, page | {"criterion_name": ["Min egen", *NAMES[1:]]})
    assert (late.status_code, stored(app, world)) == (409, before)
    assert "Det du skrev, er ikke lagret." in text_of(late)
    assert "Min egen" in text_of(late)


def test_a_stale_rubric_is_refused_with_both_texts(app, world, editor):
    tone, address, page = editor
    tone.post(address, page | {"criterion_name": ["Din", *NAMES[1:]]})
    answer = tone.post(address, page | {"criterion_name": ["Min", *NAMES[1:]]})
    assert answer.status_code == 409
    assert stored(app, world).criteria[0].name == "Din"
    assert filled(answer)["criterion_name"][0] == "Min"
    assert '<b dir="auto">Din</b>' in text_of(answer)
    assert tone.post(address, filled(answer)).status_code == 303
    assert stored(app, world).criteria[0].name == "Min"


def test_a_button_of_the_editor_does_not_hide_that_someone_else_has_saved(app, world, editor):
    tone, address, page = editor
    tone.post(address, page | {"criterion_name": ["Din", *NAMES[1:]]})
    after_button = filled(tone.post(address, page | {"action": "remove-criterion.3"}))
    assert tone.post(address, after_button).status_code == 409
    assert len(stored(app, world).criteria) == 4


def test_the_assignment_s_form_is_stale_when_the_rubric_has_changed(world, editor):
    tone, address, page = editor
    form = filled(tone.get(f"{world.at}/edit"), title="Min")
    tone.post(address, page | {"criterion_name": ["Hensikt", *NAMES[1:]]})
    assert tone.post(f"{world.at}/edit", form).status_code == 409


def test_one_assignment_s_rubric_leaves_another_s_alone(app, world, editor):
    tone, address, page = editor
    with app.app_context():
        rows = db.session.query(Criterion).count(), db.session.query(Level).count()
    tone.post(f"{world.home}/assignments/new", filled(tone.get(f"{world.home}/assignments/new"), action="draft"))
    tone.post(address, filled(tone.post(address, page | {"action": "remove-criterion.0"})))
    with app.app_context():
        now = db.session.query(Criterion).count(), db.session.query(Level).count()
    assert (rows, now) == ((4, 4), (7, 8))


def test_only_the_course_s_teachers_edit_it(world, as_):
    address = f"{world.at}/edit/rubric"
    people = (world.kari, world.ada, world.per)
    seen = [as_(who).open(address, method).status_code for who in people for method in ("GET", "POST")]
    assert seen == [403, 403, 403, 403, 404, 404]
    assert (as_().get(address).status_code, as_().post(address).status_code) == (303, 401)


def test_the_editor_asks_the_same_number_of_questions_for_any_rubric(world, editor, count_queries):
    tone, address, page = editor
    count_queries.clear()
    tone.get(address)
    four = len(count_queries)
    wide = filled(tone.post(address, page | {"action": "add-criterion"}))
    tone.post(address, wide | {"criterion_name": [*NAMES, "Kilder"]})
    count_queries.clear()
    tone.get(address)
    assert (four, len(count_queries)) == (9, 9)
