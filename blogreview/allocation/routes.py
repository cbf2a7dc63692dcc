"""The teacher's page of who reviews what, and what can be done there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from blogreview.allocation import commands, queries
from blogreview.allocation.figures import figures_of, lacks_of, preview_of
from blogreview.allocation.forms import ApartForm, MoveForm
from blogreview.allocation.matrix import Matrix, drawn
from blogreview.allocation.page_queries import Page, PostRow, page_of
from blogreview.allocation.standing import Given, breaches
from blogreview.assignments import queries as assignments
from blogreview.complaints import ALLOCATION_REFUSALS, BROKEN_RULES
from blogreview.domain.allocation import Breach, Rule
from blogreview.domain.phases import is_open
from blogreview.errors import Refused
from blogreview.models import Assignment
from blogreview.policy import Action, Actor, granted
from blogreview.web.clock import now
from blogreview.web.form_errors import errors_of
from blogreview.web.guard import authorize, current_actor, user_id

bp = Blueprint("allocation", __name__)

PAGE = "/courses/<slug>/assignments/<int:number>/allocation"
RECEIPTS = ("dealt", "filled", "moved", "apart")


@dataclass(frozen=True, slots=True)
class Moving:
    """The review being moved, and where it may go."""

    given: Given
    name: str
    team: str | None
    readers: int
    form: MoveForm


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken rule in words, and the review that breaks it."""

    sentence: str
    name: str
    given: Given
    slug: str


@bp.get(PAGE)
def show(slug: str, number: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    authorize(actor, Action.ALLOCATION_VIEW, assignments.scope_of(assignment, now()))

    return _page(actor, assignment, moving=request.args.get("move", type=int))


@bp.post(f"{PAGE}/deal")
def deal(slug: str, number: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    authorize(actor, Action.ALLOCATION_EDIT, assignments.scope_of(assignment, now()))

    try:
        commands.deal_reviews(assignment=assignment, seed=commands.new_seed(), now=now(), actor_id=user_id(actor))
    except Refused as refused:
        return _page(actor, assignment, refused=refused), 422
    return _done(slug, number, dealt=1)


@bp.post(f"{PAGE}/fill")
def fill(slug: str, number: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    authorize(actor, Action.ALLOCATION_EDIT, assignments.scope_of(assignment, now()))

    commands.top_up(assignment=assignment, seed=commands.new_seed(), now=now(), actor_id=user_id(actor))
    return _done(slug, number, filled=1)


@bp.post(f"{PAGE}/moves/<int:given>")
def move(slug: str, number: int, given: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    authorize(actor, Action.ALLOCATION_EDIT, assignments.scope_of(assignment, now()))

    form = MoveForm()
    try:
        commands.move_review(
            assignment=assignment, allocation_id=given, post_id=form.post_id, seed=commands.new_seed(), now=now(),
            actor_id=user_id(actor),
        )
    except Refused as refused:
        return _page(actor, assignment, refused=refused, moving=given), 422
    return _done(slug, number, moved=given)


@bp.post(f"{PAGE}/apart")
def keep_apart(slug: str, number: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    authorize(actor, Action.ALLOCATION_EDIT, assignments.scope_of(assignment, now()))

    form = _apart_form(page_of(assignment))
    if not form.validate():
        return _page(actor, assignment, apart_form=form), 422
    commands.keep_apart(
        course_id=assignment.course_id, user_id=form.user_id, other_id=form.other_id, team_id=form.team_id,
        now=now(), actor_id=user_id(actor),
    )
    return _done(slug, number, apart=1)


@bp.post(f"{PAGE}/apart/<int:pair>/remove")
def let_meet(slug: str, number: int, pair: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    authorize(actor, Action.ALLOCATION_EDIT, assignments.scope_of(assignment, now()))

    found = queries.get_apart(assignment.course_id, pair)
    commands.let_meet(pair=found, now=now(), actor_id=user_id(actor))
    return _done(slug, number)


def _done(slug: str, number: int, **receipt: Any) -> ResponseReturnValue:
    return redirect(url_for("allocation.show", slug=slug, number=number, **receipt), code=303)


def _page(
    actor: Actor, assignment: Assignment, *,
    moving: int | None = None, apart_form: ApartForm | None = None, refused: Refused | None = None,
) -> str:
    page = page_of(assignment)
    standing, found = page.standing, breaches(page.standing)
    chosen = _chosen(page, moving)
    form = apart_form or _apart_form(page)
    return render_template(
        "allocation/show.html",
        slug=assignment.course.slug, number=assignment.number, code=assignment.course.code, title=assignment.title,
        publish_by=assignment.publish_by, writing=is_open(assignment.publish_by, now()),
        dealt=assignment.dealt_at is not None, may=granted(actor, assignments.scope_of(assignment, now())),
        page=page, begun=standing.begun, figures=figures_of(standing), preview=preview_of(standing),
        lacks=lacks_of(standing) if assignment.dealt_at else None,
        broken=list(_broken(page, found)), uneven=any(breach.rule is Rule.UNEVEN_LOAD for breach in found),
        chosen=chosen, matrix=_matrix(page, found, chosen), moving=_moving(page, moving), apart_form=form,
        errors=[("#posts", str(ALLOCATION_REFUSALS[refused.reason]))] if refused else errors_of(form),
        receipt=next((name for name in RECEIPTS if name in request.args), None),
    )


def _chosen(page: Page, moving: int | None) -> PostRow | None:
    """The post asked for, or else the one whose reader is being, or has been, moved."""
    moved = page.find(moving or request.args.get("moved", type=int))
    post_id = moved.post if moved else None
    slug = request.args.get("post")
    return next((row for row in page.posts if row.post_id == post_id or row.slug == slug), None)


def _moving(page: Page, given_id: int | None) -> Moving | None:
    given = page.find(given_id)
    if given is None or given.begun:
        return None
    form, loads, person = MoveForm(), page.loads(), page.people[given.reader]
    form.post.choices = [
        (post, _with_load(page.post_name(post), loads[post]))
        for post in sorted(page.standing.choices(given), key=lambda post: (loads[post], page.post_name(post)))
    ]
    team = page.teams[person.team_id].name if person.team_id is not None else None
    return Moving(given, person.name, team, loads[given.post], form)


def _with_load(team: str, readers: int) -> str:
    return str(ngettext("%(team)s, har én leser", "%(team)s, har %(num)d lesere", readers, team=team))


def _apart_form(page: Page) -> ApartForm:
    form = ApartForm()
    form.offer(page.students, [(team.id, team.name) for team in page.teams.values()])
    return form


def _broken(page: Page, found: tuple[Breach, ...]) -> Iterator[Broken]:
    for breach in found:
        given = next(
            (each for each in page.standing.given if (each.reader, each.post) == (breach.reader, breach.post)), None
        )
        if given is not None:
            name = page.people[given.reader].name
            sentence = str(BROKEN_RULES[breach.rule]) % {"reader": name, "team": page.post_name(given.post)}
            yield Broken(sentence, name, given, page.slug_of(given.post))


def _matrix(page: Page, found: tuple[Breach, ...], chosen: PostRow | None) -> Matrix | None:
    team_of = {row.post_id: row.team_id for row in page.posts}
    reading = {reader.team for reader in page.standing.readers.values()}
    filled = {(page.people[given.reader].team_id, team_of[given.post]) for given in page.standing.given}
    shown = reading | {team for place in filled for team in place} | set(team_of.values())
    broken = {
        (page.people[breach.reader].team_id, team_of[breach.post]) for breach in found if breach.reader is not None
    }
    return drawn(
        [(team.id, team.name) for team in page.teams.values() if team.id in shown],
        {(by, of) for by, of in filled if by is not None},
        {(by, of) for by, of in broken if by is not None},
        chosen.team_id if chosen else None,
    )
