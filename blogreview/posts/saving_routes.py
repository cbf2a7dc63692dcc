"""The buttons under the text. Each saves what was typed before it does anything else."""

from __future__ import annotations

from dataclasses import replace

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blogreview.assignments import queries as assignments
from blogreview.complaints import IMAGE_FAULTS
from blogreview.db import pause_transaction
from blogreview.domain.markup import MAX_SOURCE
from blogreview.models import Assignment, Post
from blogreview.policy import Action, Actor, Scope, permits
from blogreview.posts import commands, draft_queries, media_commands, media_queries, queries
from blogreview.posts.drafts import Typed, picture_line, with_line
from blogreview.posts.edit_routes import POST, closed, editor, form_of, to
from blogreview.posts.forms import AnswerForm, DraftForm
from blogreview.posts.images import MAX_BYTES, ImageRefused, RebuiltImage, rebuild
from blogreview.posts.routes import bp
from blogreview.web.clock import now
from blogreview.web.guard import authorize, current_actor, user_id


@bp.post(POST)
def save(slug: str, number: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    post, scope = queries.own_post(assignment, actor, now())
    authorize(actor, Action.POST_VIEW, scope)

    return _unfinished(actor, assignment, post, scope) or to("posts.edit", assignment, saved=1)


@bp.post(f"{POST}/preview")
def save_and_preview(slug: str, number: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    post, scope = queries.own_post(assignment, actor, now())
    authorize(actor, Action.POST_VIEW, scope)

    return _unfinished(actor, assignment, post, scope) or to("posts.preview", assignment)


@bp.post(f"{POST}/ready")
def save_and_ask(slug: str, number: int) -> ResponseReturnValue:
    """«Publiser» in the editor: on to the confirm step, unless something is missing."""
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    post, scope = queries.own_post(assignment, actor, now())
    authorize(actor, Action.POST_VIEW, scope)

    return _unfinished(actor, assignment, post, scope, publishing=True) or to("posts.confirm", assignment)


@bp.post(f"{POST}/images")
def add_image(slug: str, number: int) -> ResponseReturnValue:
    """«Sett inn bildet»: saving does it too, so that a chosen file is never left behind."""
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    post, scope = queries.own_post(assignment, actor, now())
    authorize(actor, Action.POST_VIEW, scope)

    return _unfinished(actor, assignment, post, scope, uploading=True) or to("posts.edit", assignment, saved=1)


def _unfinished(
    actor: Actor,
    assignment: Assignment,
    post: Post | None,
    scope: Scope,
    *,
    publishing: bool = False,
    uploading: bool = False,
) -> ResponseReturnValue | None:
    """Save what can be saved; the page that says what is left to do, or None when all is well."""
    form = form_of(draft_queries.draft_of(assignment, post))
    if not permits(actor, Action.POST_EDIT, scope):
        # The deadline passed while they wrote: their own words, to copy, and not a bare refusal.
        return closed(actor, assignment, post, form), 403
    form.validate()
    if uploading:
        _ask_for_a_file(form)
    pictures = _rebuilt(form)
    post = post or commands.open_post(assignment_id=assignment.id, team_id=queries.team_of(assignment, post, actor))
    texts = [_with_picture(text, form, pictures) for text in form.texts()]
    for image in pictures.values():
        media_commands.add_image(post_id=post.id, image=image, author_id=user_id(actor), now=now())
    stale = commands.save_draft(post=post, texts=texts, author_id=user_id(actor), now=now())
    if stale:
        return editor(actor, assignment, post, form, stale=stale), 409
    findings = draft_queries.draft_of(assignment, post).findings() if publishing else ()
    if form.errors or findings:
        return editor(actor, assignment, post, form, findings=findings), 422
    return None


def _ask_for_a_file(form: DraftForm) -> None:
    answers = list(form.answers.values())
    if not any(answer.image.data for answer in answers):
        answers[0].image.errors = [_("Velg et bilde først.")]


def _rebuilt(form: DraftForm) -> dict[int | None, RebuiltImage]:
    """Question -> the picture chosen for it, made anew; what is wrong with one is said beside it."""
    chosen = {name: answer for name, answer in form.answers.items() if answer.image.data and not answer.errors}
    if chosen:
        pause_transaction()  # decoding may take seconds
    made = {name: _picture(answer) for name, answer in chosen.items()}
    return {name: image for name, image in made.items() if image and _may_be_shown(image, chosen[name])}


def _picture(answer: AnswerForm) -> RebuiltImage | None:
    if not answer.alt.data and not answer.decoration.data:
        answer.alt.errors = [_("Beskriv bildet, eller merk det som bare pynt. Velg så bildet en gang til.")]
        return None
    try:
        return rebuild(answer.image.data.read(MAX_BYTES + 1))
    except ImageRefused as refusal:
        answer.image.errors = [str(IMAGE_FAULTS[refusal.fault.value])]
        return None


def _may_be_shown(image: RebuiltImage, answer: AnswerForm) -> bool:
    media = media_queries.find_media(image.hash)
    if media is None or media.withdrawn_at is None:
        return True
    answer.image.errors = [_("Dette bildet er trukket tilbake av faglæreren. Velg et annet.")]
    return False


def _with_picture(text: Typed, form: DraftForm, pictures: dict[int | None, RebuiltImage]) -> Typed:
    """The text as sent, with the line of the picture chosen for it; the form shows the same, should it be shown."""
    if text.question_id is None or text.question_id not in pictures:
        return text
    answer = form.answers[text.question_id]
    alt = "" if answer.decoration.data else answer.alt.data
    line = picture_line(pictures[text.question_id].hash, alt, answer.caption.data)
    body = with_line(text.body, line)
    if len(body) > MAX_SOURCE:
        answer.body.errors = [_("Det er ikke plass til bildet: svaret kan ha opptil %(max)d tegn.", max=MAX_SOURCE)]
        return text
    answer.body.data, answer.alt.data, answer.caption.data, answer.decoration.data = body, "", "", False
    return replace(text, body=body)
