"""Pictures in a post: put in, described, kept, shown to those who may see the post, taken out of sight."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from blogreview.complaints import IMAGE_FAULTS
from blogreview.db import db
from blogreview.domain.terms import ReadingOpens
from blogreview.models import Answer, Assignment, AuditEvent, Media, MediaVariant, PostImage
from blogreview.posts.images import ImageFault
from tests.pages import inspected, text_of
from tests.posts.desk import REVIEWING, versions


def picture(width=600, height=300, colour="teal", kind="PNG"):
    file = BytesIO()
    Image.new("RGB", (width, height), colour).save(file, kind)
    return file.getvalue()


def upload(desk, browser, data, *, to="images", filename="brød.png", **card):
    """Put a picture in the first answer, with whatever stands in the texts."""
    page, one = browser.get(desk.post), desk.questions[0]
    sent = desk.typed("Tittel", "Fordi.", "Mål.", versions(page))
    fields = {f"q{one}-{name}": value for name, value in card.items()} | {"csrf_token": browser.csrf_token}
    file = FileStorage(BytesIO(data), filename)
    # Encoded here: the test client would leave a temporary file open.
    boundary, body = encode_multipart(sent | fields | {f"q{one}-image": file})
    kind = f"multipart/form-data; boundary={boundary}"
    return inspected(browser.client.post(f"{desk.post}/{to}", data=body, content_type=kind))


def first_answer(app, desk):
    with app.app_context():
        return db.session.scalar(select(Answer.body).where(Answer.question_id == desk.questions[0]))


def rows(app, model):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def only_hash(app):
    with app.app_context():
        return db.session.scalar(select(Media.hash))


def published_with_picture(app, as_, world, desk):
    """SAFA publishes; the picture's address."""
    kari = as_(world.kari)
    upload(desk, kari, picture(), alt="Et brød", caption="Dagens")
    assert desk.publish(kari, "Tittel", first_answer(app, desk), "Mål.").status_code == 303
    return f"/media/{only_hash(app)}/480.webp"


def test_every_fault_has_a_sentence():
    assert set(IMAGE_FAULTS) == {fault.value for fault in ImageFault}


def test_a_picture_becomes_a_line_in_the_answer_and_is_kept_under_its_hash(app, as_, world, desk):
    response = upload(desk, as_(world.kari), picture(), alt="Et [rart] brød", caption='Kalt "Dagens"')

    assert (response.status_code, response.location) == (303, f"{desk.post}?saved=1")
    digest = only_hash(app)
    assert first_answer(app, desk) == f'Fordi.\n\n![Et \\[rart\\] brød](image:{digest} "Kalt &#34;Dagens&#34;")\n'
    with app.app_context():
        media = db.session.get_one(Media, digest)
        assert [(v.width, v.height) for v in media.variants] == [(480, 240), (600, 300)]
        assert sha256(media.variants[-1].data).hexdigest() == digest


def test_decoration_needs_no_words(app, as_, world, desk):
    upload(desk, as_(world.kari), picture(), decoration="y")

    assert first_answer(app, desk) == f"Fordi.\n\n![](image:{only_hash(app)}#decoration)\n"
    assert f'<img src="/media/{only_hash(app)}/480.webp"' in as_(world.ola).get(desk.post).text


def test_a_picture_that_is_not_described_is_asked_about_and_the_text_saved(app, as_, world, desk):
    answer = upload(desk, as_(world.kari), picture(), caption="Dagens")

    assert (answer.status_code, rows(app, Media), first_answer(app, desk)) == (422, 0, "Fordi.")
    assert "Beskriv bildet, eller merk det som bare pynt. Velg så bildet en gang til." in text_of(answer)
    assert 'value="Dagens"' in answer.text


def test_any_button_takes_the_chosen_picture_along(app, as_, world, desk):
    assert upload(desk, as_(world.kari), picture(), to="preview", alt="Et brød").status_code == 303
    assert f"![Et brød](image:{only_hash(app)})" in first_answer(app, desk)


def test_no_picture_chosen_is_said(as_, world, desk):
    answer = as_(world.kari).post(f"{desk.post}/images", desk.typed("Tittel", "Fordi.", ""))

    assert (answer.status_code, "Velg et bilde først." in answer.text) == (422, True)


def test_the_same_picture_is_stored_once_whoever_sends_it(app, as_, world, desk):
    upload(desk, as_(world.kari), picture(), alt="Et brød")
    upload(desk, as_(world.nils), picture(), alt="Enda et")

    assert (rows(app, Media), rows(app, MediaVariant), rows(app, PostImage)) == (1, 2, 2)


def test_a_second_press_puts_it_in_once(app, as_, world, desk):
    kari, one = as_(world.kari), desk.questions[0]
    sent = desk.typed("Tittel", "Fordi.", "Mål.") | {f"q{one}-alt": "Et brød"}
    for _ in range(2):
        file = {f"q{one}-image": (BytesIO(picture()), "b.png")}
        assert kari.post(f"{desk.post}/images", sent | file).status_code == 303

    assert first_answer(app, desk).count("![") == 1


@pytest.mark.parametrize(
    ("data", "fault"),
    (
        (b"", "not-an-image"),
        (b"hello", "not-an-image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind-not-taken"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "broken"),
        (picture()[:120], "broken"),
        (bytes(10 * 1024 * 1024 + 1), "too-large-file"),
        (picture(6400, 6400), "too-many-pixels"),
    ),
    ids=("empty", "text", "svg", "header", "cut", "large", "wide"),
)
def test_a_faulty_picture_gets_a_sentence_and_the_text_is_saved(app, as_, world, desk, data, fault):
    answer = upload(desk, as_(world.kari), data, alt="Et brød")

    assert (answer.status_code, str(IMAGE_FAULTS[fault]) in text_of(answer)) == (422, True)
    assert (rows(app, Media), first_answer(app, desk), 'value="Et brød"' in answer.text) == (0, "Fordi.", True)


def test_no_room_for_the_picture_leaves_the_text_as_it_was(app, as_, world, desk):
    kari, one = as_(world.kari), desk.questions[0]
    full = "x" * 60_000
    file = {f"q{one}-image": (BytesIO(picture()), "b.png"), f"q{one}-alt": "Et brød"}
    answer = kari.post(f"{desk.post}/images", desk.typed("", full, "") | file)

    assert (answer.status_code, "Det er ikke plass til bildet" in answer.text) == (422, True)
    assert first_answer(app, desk) == full


def test_a_picture_with_a_text_that_lost_stands_in_the_losers_form(app, as_, world, desk):
    as_(world.kari).post(desk.post, desk.typed("", "Karis", ""))
    one = desk.questions[0]
    file = {f"q{one}-image": (BytesIO(picture()), "b.png"), f"q{one}-alt": "Et brød"}
    answer = as_(world.ola).post(f"{desk.post}/images", desk.typed("", "Olas", "") | file)

    assert (answer.status_code, first_answer(app, desk)) == (409, "Karis")
    assert f"Olas\n\n![Et brød](image:{only_hash(app)})" in text_of(answer).replace("\r\n", "\n")


def test_the_published_picture_is_a_figure_with_its_words(app, as_, world, desk):
    address = published_with_picture(app, as_, world, desk)
    page = as_(world.ola).get(f"{desk.at}/posts/safa/").text

    assert f'src="/media/{only_hash(app)}/600.webp"' in page
    assert f"{address} 480w" in page
    assert 'alt="Et brød"' in page
    assert "<figcaption>Dagens</figcaption>" in page


def test_a_picture_is_served_to_those_who_may_see_its_post_and_to_nobody_else(app, as_, world, desk, clock):
    upload(desk, as_(world.kari), picture(), alt="Et brød")
    address = f"/media/{only_hash(app)}/480.webp"

    def who():
        names = ("kari", "ola", "nils", "tone", "ada", "per")
        return {name: as_(getattr(world, name)).get(address).status_code for name in names}

    assert who() == {"kari": 200, "ola": 200, "nils": 404, "tone": 404, "ada": 404, "per": 404}
    published_with_picture(app, as_, world, desk)
    assert who() == {"kari": 200, "ola": 200, "nils": 404, "tone": 200, "ada": 200, "per": 404}
    clock.moment = REVIEWING
    assert who() == {"kari": 200, "ola": 200, "nils": 200, "tone": 200, "ada": 200, "per": 404}
    assert as_().get(address).status_code == 303


def test_a_picture_may_be_kept_by_the_browser_for_ever_and_by_no_one_else(app, as_, world, desk):
    upload(desk, as_(world.kari), picture(), alt="Et brød")
    digest, kari = only_hash(app), as_(world.kari)
    response = kari.get(f"/media/{digest}/480.webp")

    assert response.mimetype == "image/webp"
    assert response.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert response.headers["ETag"] == f'"{digest}-480"'
    assert Image.open(BytesIO(response.data)).size == (480, 240)
    again = kari.get(f"/media/{digest}/480.webp", headers={"If-None-Match": f'"{digest}-480"'})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("width", (0, 1, 960, 10**12))
def test_a_width_that_was_not_made_is_not_found(app, as_, world, desk, width):
    upload(desk, as_(world.kari), picture(), alt="Et brød")

    assert as_(world.kari).get(f"/media/{only_hash(app)}/{width}.webp").status_code == 404


@pytest.mark.parametrize("name", ("a" * 64, "A" * 64, "%27", "x" * 3000))
def test_a_hash_nobody_has_is_not_found(as_, world, name):
    assert as_(world.kari).get(f"/media/{name}/480.webp").status_code == 404


def test_an_older_revision_keeps_the_picture_that_a_newer_one_left_out(app, as_, world, desk):
    address = published_with_picture(app, as_, world, desk)
    desk.publish(as_(world.kari), "Tittel", "Uten bilde.", "Mål.")

    assert as_(world.tone).get(address).status_code == 200


def test_another_teams_picture_cannot_be_shown_by_writing_its_hash(app, as_, world, desk):
    upload(desk, as_(world.kari), picture(), alt="Et brød")
    nils = as_(world.nils)
    nils.post(f"{desk.post}/preview", desk.typed("Tittel", f"![Tatt](image:{only_hash(app)})", "Mål."))
    page = nils.get(f"{desk.post}/preview").text

    assert "/media/" not in page
    assert "Tatt" in page


def audited(app):
    with app.app_context():
        events = select(AuditEvent.verb, AuditEvent.actor_id).where(AuditEvent.verb.startswith("image:"))
        return [tuple(event) for event in db.session.execute(events.order_by(AuditEvent.id))]


def staff(as_, world, desk, app, act):
    return as_(world.tone).post(f"{desk.at}/posts/safa/images/{only_hash(app)}/{act}")


def test_a_hidden_picture_is_out_of_the_classs_sight_until_it_is_shown_again(app, as_, world, desk, clock):
    address = published_with_picture(app, as_, world, desk)
    clock.moment = REVIEWING
    post = f"{desk.at}/posts/safa/"

    def seen():
        found = {}
        for name in ("nils", "kari", "tone"):
            browser = as_(getattr(world, name))
            page = browser.get(post).text
            found[name] = (f'srcset="{address}' in page, "Bildet er skjult" in page, browser.get(address).status_code)
        return found

    assert seen() == {"nils": (True, False, 200), "kari": (True, False, 200), "tone": (True, False, 200)}
    assert staff(as_, world, desk, app, "hide").location == f"{post}#pictures"
    assert seen() == {"nils": (False, True, 404), "kari": (True, True, 200), "tone": (True, True, 200)}
    assert staff(as_, world, desk, app, "unhide").status_code == 303
    assert seen()["nils"] == (True, False, 200)
    assert audited(app) == [("image:hidden", world.tone), ("image:unhidden", world.tone)]


def test_a_withdrawn_picture_loses_its_bytes_for_good_and_leaves_a_sentence(app, as_, world, desk, clock):
    address = published_with_picture(app, as_, world, desk)
    clock.moment = REVIEWING
    for _ in range(2):
        assert staff(as_, world, desk, app, "withdraw").status_code == 303

    assert (rows(app, MediaVariant), rows(app, Media)) == (0, 1)
    for name in ("nils", "kari", "tone"):
        browser = as_(getattr(world, name))
        page = browser.get(f"{desk.at}/posts/safa/").text
        assert "Bildet er trukket tilbake og finnes ikke lenger." in page
        assert (address in page, browser.get(address).status_code) == (False, 404)
    assert audited(app) == [("image:withdrawn", world.tone)]


def test_a_withdrawn_picture_is_gone_from_a_draft_too_and_not_taken_again(app, as_, world, desk):
    published_with_picture(app, as_, world, desk)
    staff(as_, world, desk, app, "withdraw")
    kari = as_(world.kari)

    assert "Bildet er trukket tilbake" in kari.get(f"{desk.post}/preview").text
    assert "<img" not in kari.get(desk.post).text
    answer = upload(desk, kari, picture(), alt="Et brød")
    assert (answer.status_code, "Dette bildet er trukket tilbake av faglæreren." in answer.text) == (422, True)


@pytest.mark.parametrize("act", ("hide", "unhide", "withdraw"))
def test_only_staff_take_pictures_out_of_sight(app, as_, world, desk, act):
    published_with_picture(app, as_, world, desk)
    address = f"{desk.at}/posts/safa/images/{only_hash(app)}/{act}"

    found = {name: as_(getattr(world, name)).post(address).status_code for name in ("kari", "nils", "per", "ada")}
    assert found == {"kari": 403, "nils": 404, "per": 404, "ada": 303}
    assert as_(world.tone).post(address.replace(only_hash(app), "b" * 64)).status_code == 404


def test_a_picture_of_a_post_nobody_else_may_see_stays_unseen_when_the_class_never_reads(app, as_, world, desk, clock):
    address = published_with_picture(app, as_, world, desk)
    with app.app_context():
        db.session.get_one(Assignment, desk.assignment).reading_opens = ReadingOpens.NEVER
        db.session.commit()
    clock.moment = REVIEWING

    assert as_(world.nils).get(address).status_code == 404
