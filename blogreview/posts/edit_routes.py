"""Where a team writes: the editor, how it will look, and publishing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from blogreview.assignments import queries as assignments
from blogreview.complaints import LACKS
from blogreview.db import pause_transaction
from blogreview.domain.markup import word_count
from blogreview.domain.publishing import Finding, Lack
from blogreview.errors import Conflict
from blogreview.models import Assignment, Post
from blogreview.policy import Action, Actor, permits
from blogreview.posts import commands, draft_queries, media_queries, queries
from blogreview.posts.draft_queries import Draft, DraftAnswer, Saved
from blogreview.posts.drafts import id_prefix
from blogreview.posts.forms import AnswerForm, ConfirmForm, DraftForm, for_questions
from blogreview.posts.pieces import Piece, pieces
from blogreview.posts.routes import A, bp
from blogreview.web.clock import now
from blogreview.web.guard import authorize, current_actor, user_id
from blogreview.web.renderer import Rendered, render_safely

POST = f"{A}/post"


@dataclass(frozen=True, slots=True)
class Box:
    """One question's part of the editor."""

    answer: DraftAnswer
    form: AnswerForm
    words: int
    thumbnails: list[str]
    #: What stands, and who saved it, where what was sent lost to it.
    theirs: str | None
    saved: Saved | None


@dataclass(frozen=True, slots=True)
class Check:
    """One line of what publishing takes."""

    done: bool
    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer as the preview draws it."""

    number: int
    question: str
    pieces: tuple[Piece, ...]


@bp.get(POST)
def edit(slug: str, number: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    post, scope = queries.own_post(assignment, actor, now())
    authorize(actor, Action.POST_VIEW, scope)

    draft = draft_queries.draft_of(assignment, post)
    if permits(actor, Action.POST_EDIT, scope):
        return editor(actor, assignment, post, form_of(draft))
    if post is not None and scope.published:
        return redirect(url_for("posts.show", slug=slug, number=number, team=post.team.slug), code=303)
    return closed(actor, assignment, post, form_of(draft))


@bp.get(f"{POST}/preview")
def preview(slug: str, number: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    post, scope = queries.own_post(assignment, actor, now())
    authorize(actor, Action.POST_EDIT, scope)

    draft = draft_queries.draft_of(assignment, post)
    veils = media_queries.draft_veils(post) if post else {}
    rendered = _render(post, draft)
    answers = [Shown(a.number, a.question, pieces(rendered[a.question_id].html, veils)) for a in draft.answers]
    return render_template(
        "posts/preview.html", slug=slug, number=number, title=draft.title, answers=answers,
        desk=draft_queries.desk_of(assignment, post, queries.team_of(assignment, post, actor), now()),
    )


@bp.get(f"{POST}/publish")
def confirm(slug: str, number: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    post, scope = queries.own_post(assignment, actor, now())
    authorize(actor, Action.POST_EDIT, scope)

    draft = draft_queries.draft_of(assignment, post)
    if draft.findings():
        return to("posts.edit", assignment)
    return _question(actor, assignment, post, draft)


@bp.post(f"{POST}/publish")
def publish(slug: str, number: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    post, scope = queries.own_post(assignment, actor, now())
    authorize(actor, Action.POST_EDIT, scope)

    form, draft = ConfirmForm(), draft_queries.draft_of(assignment, post)
    if post is None or draft.findings():
        return editor(actor, assignment, post, form_of(draft), findings=draft.findings()), 422
    rendered = _render(post, draft)
    try:
        commands.publish(
            post=post, stamp=form.stamp.data or "", rendered=rendered, author_id=user_id(actor), now=now()
        )
    except Conflict:
        return _question(actor, assignment, post, draft_queries.draft_of(assignment, post), changed=True), 409
    return to("posts.show", assignment, team=post.team.slug, published=1)


def to(endpoint: str, assignment: Assignment, **values: object) -> ResponseReturnValue:
    """On to another page of the assignment."""
    address = url_for(endpoint, slug=assignment.course.slug, number=assignment.number, **values)  # type: ignore[arg-type]
    return redirect(address, code=303)


def form_of(draft: Draft) -> DraftForm:
    """The editor's form: what was sent, else what stands."""
    bodies = {f"q{answer.question_id}": {"body": answer.body} for answer in draft.answers}
    return for_questions((answer.question_id for answer in draft.answers), data={"title": draft.title, **bodies})


def editor(
    actor: Actor,
    assignment: Assignment,
    post: Post | None,
    form: DraftForm,
    *,
    stale: frozenset[int | None] = frozenset(),
    findings: tuple[Finding, ...] = (),
) -> str:
    """The page itself: the form with what was typed, and the versions that stand now."""
    draft = draft_queries.draft_of(assignment, post)
    saves = draft_queries.last_saves(post) if post else {}
    return render_template(
        "posts/edit.html",
        slug=assignment.course.slug,
        number=assignment.number,
        code=assignment.course.code,
        form=form,
        draft=draft,
        boxes=list(_boxes(post, form, draft, stale, saves)),
        title_lost=saves.get(None) if None in stale else None,
        theirs=draft.title if None in stale else None,
        stale=stale,
        errors=[*_errors(form), *(_words(finding, draft) for finding in findings)],
        checks=list(_checks(draft)),
        desk=draft_queries.desk_of(assignment, post, queries.team_of(assignment, post, actor), now()),
        receipt="saved" in request.args,
    )


def closed(actor: Actor, assignment: Assignment, post: Post | None, form: DraftForm) -> str:
    """Writing is not open: the texts to read, and when it will be."""
    return render_template(
        "posts/closed.html",
        slug=assignment.course.slug,
        number=assignment.number,
        code=assignment.course.code,
        form=form,
        draft=draft_queries.draft_of(assignment, post),
        desk=draft_queries.desk_of(assignment, post, queries.team_of(assignment, post, actor), now()),
        unsaved=request.method == "POST",
    )


def _question(actor: Actor, assignment: Assignment, post: Post | None, draft: Draft, *, changed: bool = False) -> str:
    """Publish for the class? Says who will see it, and until when it can change."""
    return render_template(
        "posts/confirm.html",
        slug=assignment.course.slug,
        number=assignment.number,
        draft=draft,
        form=ConfirmForm(formdata=None, stamp=draft.stamp),
        desk=draft_queries.desk_of(assignment, post, queries.team_of(assignment, post, actor), now()),
        changed=changed,
    )


def _render(post: Post | None, draft: Draft) -> Mapping[int, Rendered]:
    """Every answer's HTML, made while nobody waits for the database."""
    post_id = post.id if post else 0
    pictures = media_queries.pictures_of([post_id])[post_id]
    pause_transaction()
    return {
        answer.question_id: render_safely(answer.body, pictures, id_prefix(post_id, answer.number))
        for answer in draft.answers
    }


def _boxes(
    post: Post | None,
    form: DraftForm,
    draft: Draft,
    stale: frozenset[int | None],
    saves: Mapping[int | None, Saved],
) -> Iterator[Box]:
    answers = form.answers
    bodies = {question_id: answer.body.data for question_id, answer in answers.items()}
    thumbnails = media_queries.thumbnails(post, bodies)
    for answer in draft.answers:
        name = answer.question_id
        yield Box(
            answer=answer,
            form=answers[name],
            words=word_count(bodies[name]),
            thumbnails=thumbnails[name],
            theirs=answer.body if name in stale else None,
            saved=saves.get(name),
        )


def _errors(form: DraftForm) -> Iterator[tuple[str, str]]:
    for field in (form.title, *(field for answer in form.answers.values() for field in answer)):
        yield from ((f"#{field.id}", str(error)) for error in field.errors)


def _words(finding: Finding, draft: Draft) -> tuple[str, str]:
    """Where to put it right, and what to do there."""
    numbers = {answer.question_id: answer.number for answer in draft.answers}
    place = "title" if finding.question is None else f"q{finding.question}-body"
    return f"#{place}", str(LACKS[finding.lack]) % {"number": numbers.get(finding.question or 0)}


def _checks(draft: Draft) -> Iterator[Check]:
    findings = draft.findings()
    lacks = {finding.lack for finding in findings}
    if Lack.TITLE not in lacks:
        yield Check(True, _("Innlegget har tittel"))
    if Lack.ANSWER not in lacks:
        count = len(draft.answers)
        yield Check(True, ngettext("Spørsmålet har svar", "Alle spørsmålene har svar", count))
    for finding in findings:
        href, text = _words(finding, draft)
        yield Check(False, text, href)
