"""The reviewer's page, the list of own reviews, and the teacher's own marks: the same page for staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blogreview.assignments import queries as assignments
from blogreview.assignments.rubric_queries import rubric_of, rubric_to_write
from blogreview.domain.reviewing import Gap, ReviewLack, gaps
from blogreview.domain.rubric import Rubric
from blogreview.domain.terms import ReviewKind
from blogreview.errors import Conflict
from blogreview.models import Post
from blogreview.phrases import listed, things_missing
from blogreview.policy import Action, Actor, Scope, permits
from blogreview.posts import queries as posts
from blogreview.reviews import commands, forms, page_queries, queries, sheet_forms
from blogreview.reviews.commands import Filled, Outcome
from blogreview.reviews.forms import ReviewForm
from blogreview.reviews.page_queries import ReviewPage
from blogreview.reviews.sheet_forms import Difference
from blogreview.web.clock import now
from blogreview.web.guard import authorize, current_actor, user_id

bp = Blueprint("reviews", __name__)

A = "/courses/<slug>/assignments/<int:number>"
PAGE = f"{A}/posts/<team>/review"
RECEIPTS = ("saved", "sent", "newest")
WRITING = {ReviewKind.PEER: Action.REVIEW_WRITE, ReviewKind.TEACHER: Action.REVIEW_MARK}


@dataclass(frozen=True, slots=True)
class Desk:
    """One person at one post's review: whose, of which kind, by which rubric, and whether they may write."""

    actor: Actor
    post: Post
    kind: ReviewKind
    rubric: Rubric
    writable: bool

    @property
    def address(self) -> dict[str, Any]:
        assignment = self.post.assignment
        return {"slug": assignment.course.slug, "number": assignment.number, "team": self.post.team.slug}


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says besides the form.

    :ivar errors: pairs (href, sentence), under ``title``.
    :ivar faults: field id -> sentence; empty: only what the fields say of themselves.
    :ivar differences: what was typed, where it is not what is saved.
    """

    errors: tuple[tuple[str, str], ...] = ()
    title: str | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    receipt: str | None = None


@bp.get(f"{A}/reviews")
def mine(slug: str, number: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    authorize(actor, Action.ASSIGNMENT_VIEW, assignments.scope_of(assignment, now()))

    rows = queries.my_reviews(assignment, user_id(actor), now())
    page = page_queries.mine_page(assignment, actor, now())
    return render_template("reviews/mine.html", slug=slug, number=number, page=page, rows=rows)


@bp.get(PAGE)
def edit(slug: str, number: int, team: str) -> ResponseReturnValue:
    actor, post = current_actor(), posts.get_post(assignments.get_assignment(slug, number), team)
    scope = queries.scope_of(post, actor, now())
    authorize(actor, Action.POST_VIEW, scope)
    authorize(actor, Action.REVIEW_VIEW, scope)

    desk = _desk(actor, post, scope, rubric_of(post.assignment_id))
    page = _page(desk)
    form_class = forms.review_form(desk.rubric, page.saved.comment_ids)
    form, told = _saved_form(form_class, page), Told(receipt=next(filter(request.args.get, RECEIPTS), None))
    if "aside" in request.args and page.saved.aside:
        aside = forms.filled_again(form_class, page.saved.aside, page.saved.version)
        form, told = (aside, told) if desk.writable else (form, Told(differences=_differences(desk, page, aside)))
    forms.add_row(form, request.args.get("more", ""))
    return _render(desk, page, form, told)


@bp.post(PAGE)
def save(slug: str, number: int, team: str) -> ResponseReturnValue:
    actor, post = current_actor(), posts.get_post(assignments.get_assignment(slug, number), team)
    scope = queries.scope_of(post, actor, now())
    authorize(actor, Action.POST_VIEW, scope)
    authorize(actor, Action.REVIEW_VIEW, scope)

    desk = _desk(actor, post, scope, rubric_to_write(post.assignment_id))
    form = forms.review_form(desk.rubric, queries.comment_ids(post.id, user_id(actor), desk.kind))()
    if desk.kind is ReviewKind.PEER and not scope.review_open:
        return _too_late(desk, form)
    authorize(actor, WRITING[desk.kind], scope)

    try:
        outcome = _save(desk, form)
    except Conflict:
        return _both_texts(desk, form)
    if outcome is Outcome.ASIDE or (form.send.data and outcome is Outcome.DRAFT):
        return _with_errors(desk, form)
    return _onward(desk, form, outcome)


def _desk(actor: Actor, post: Post, scope: Scope, rubric: Rubric) -> Desk:
    kind = ReviewKind.TEACHER if permits(actor, Action.REVIEW_MARK, scope) else ReviewKind.PEER
    return Desk(actor, post, kind, rubric, permits(actor, WRITING[kind], scope))


def _save(desk: Desk, form: ReviewForm) -> Outcome:
    typed = forms.typed_in(request.form)
    in_order = form.validate() and not forms.strayed(typed, desk.rubric)
    content = forms.content_of(form, desk.rubric) if in_order else None
    outcome = commands.save_review(
        post=desk.post,
        reviewer_id=user_id(desk.actor),
        kind=desk.kind,
        rubric=desk.rubric,
        filled=Filled(form.version.data, content, typed),
        send=form.send.data,
        now=now(),
    )
    if form.newest.data and outcome is Outcome.DRAFT:
        commands.take_newest_revision(
            post=desk.post, reviewer_id=user_id(desk.actor), kind=desk.kind, now=now()
        )
    return outcome


def _onward(desk: Desk, form: ReviewForm, outcome: Outcome) -> ResponseReturnValue:
    """Where a press that went well leads: to one more field, or to a receipt."""
    more = form.more.data if form.more.data in form.lists else None
    if more:
        return redirect(url_for("reviews.edit", **desk.address, more=more, _anchor=more), code=303)
    receipt = "sent" if outcome is Outcome.SUBMITTED else "newest" if form.newest.data else "saved"
    address = desk.address | {receipt: 1}
    return redirect(url_for("reviews.edit", **address), code=303)


def _with_errors(desk: Desk, form: ReviewForm) -> ResponseReturnValue:
    """What was typed, what keeps it from being sent, and first of all a list of that."""
    page = _page(desk)
    forms.add_row(form, form.more.data or "")
    lacking = gaps(forms.content_of(form, desk.rubric), desk.rubric, page.article.text, desk.kind)
    wrong, strayed = forms.field_errors(form, desk.rubric), forms.strayed(forms.typed_in(request.form), desk.rubric)
    errors = {one.href: one.error for one in sheet_forms.missing(lacking, desk.rubric)}
    errors |= {f"#{field}": sentence for field, sentence in wrong.items()}
    homeless = [_("Kriteriet finnes ikke i oppgaven lenger. Du skrev: «%(text)s»", text=text) for text in strayed]
    told = Told(
        errors=(*errors.items(), *(("#review", sentence) for sentence in homeless)),
        title=None if wrong or strayed else _("%(things)s før du kan sende", things=things_missing(len(errors))),
        faults=sheet_forms.gap_faults(lacking) | wrong,
    )
    return _render(desk, page, form, told), 422


def _both_texts(desk: Desk, form: ReviewForm) -> ResponseReturnValue:
    """The form keeps mine, made from what now stands; what stands is shown beside it."""
    page = _page(desk)
    form.version.data = page.saved.version
    return _render(desk, page, form, Told(differences=_differences(desk, page, form))), 409


def _too_late(desk: Desk, form: ReviewForm) -> ResponseReturnValue:
    """What was typed is shown once more beside what stands, so that nobody loses it."""
    page = _page(desk)
    told = Told(differences=_differences(desk, page, form))
    return _render(desk, page, _saved_form(type(form), page), told), 403


def _page(desk: Desk) -> ReviewPage:
    return page_queries.review_page(desk.post, desk.actor, desk.kind, desk.rubric, now())


def _saved_form(form_class: type[ReviewForm], page: ReviewPage) -> ReviewForm:
    return forms.filled_with(form_class, page.saved.content, page.saved.version)


def _differences(desk: Desk, page: ReviewPage, typed: ReviewForm) -> tuple[Difference, ...]:
    return sheet_forms.differences(page.saved.content, forms.content_of(typed, desk.rubric), desk.rubric)


def _render(desk: Desk, page: ReviewPage, form: ReviewForm, told: Told) -> str:
    forms.forget_unknown(form, desk.rubric, page.saved.comment_ids)
    content = forms.content_of(form, desk.rubric)
    lacking = gaps(content, desk.rubric, page.article.text, desk.kind)
    places = sheet_forms.gap_faults([gap for gap in lacking if gap.lack is ReviewLack.PLACE])
    first = _first(told, lacking, desk.rubric if form.version.data == 0 else None)
    return render_template(
        "reviews/edit.html",
        **desk.address,
        course=desk.post.assignment.course,
        page=page,
        writable=desk.writable,
        version=form.version.data,
        criteria=sheet_forms.criterion_views(form, desk.rubric, content, lacking, told.faults or places, first),
        missing=sheet_forms.missing(lacking, desk.rubric),
        missing_title=things_missing(len(lacking)),
        told=told,
        staff=listed(page.reader.staff),
    )


def _first(told: Told, lacking: Sequence[Gap], fresh: Rubric | None) -> str:
    """The field whose criterion is unfolded: where something is to be done."""
    places = [href for href, _sentence in told.errors] + [request.args.get("more", "")]
    places += [one.id for one in told.differences] + [sheet_forms.anchor(gap) for gap in lacking]
    places += [forms.field_name(criterion.id) for criterion in fresh.criteria] if fresh else []
    return next(filter(None, places), "")
