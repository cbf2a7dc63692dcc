from __future__ import annotations

from datetime import datetime
from typing import Any

from babel.dates import format_skeleton
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from blogreview import phrases
from blogreview.assignments import queries as assignments
from blogreview.domain.grading import CHOICES
from blogreview.domain.phases import is_open
from blogreview.errors import Conflict, NotFound
from blogreview.grades import commands, own_queries, queries, sheet_queries
from blogreview.grades import estimate_queries as estimates
from blogreview.grades.estimate_commands import refresh_estimates
from blogreview.grades.forms import GradeForm
from blogreview.models import Assignment, Team
from blogreview.policy import Action, Actor, granted, is_author
from blogreview.posts import queries as posts
from blogreview.reviews import commands as reviews
from blogreview.web import request_cycle
from blogreview.web.clock import now
from blogreview.web.form_errors import errors_of
from blogreview.web.guard import authorize, current_actor, user_id
from blogreview.web.i18n import local

bp = Blueprint("grades", __name__)
AT = "/courses/<slug>/assignments/<int:number>"
SHEET = f"{AT}/teams/<team>"


@bp.get(SHEET)
def sheet(slug: str, number: int, team: str) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    authorize(actor, Action.GRADE_WRITE, assignments.scope_of(assignment, now()))

    request_cycle.settle(
        lambda: estimates.are_due(assignment), lambda: refresh_estimates(assignment_ids=[assignment.id])
    )
    return _sheet(actor, assignment, queries.get_team(assignment, team))


@bp.post(SHEET)
def save(slug: str, number: int, team: str) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    authorize(actor, Action.GRADE_WRITE, assignments.scope_of(assignment, now()))

    graded, ready = queries.get_team(assignment, team), "ready" in request.form
    must_decide = ready or queries.is_released(assignment, graded)
    form = GradeForm(assignment.grading_scale, assignment.max_points, must_decide=must_decide)
    if not form.validate():
        return _sheet(actor, assignment, graded, form), 422
    try:
        commands.save_grade(
            assignment=assignment, team=graded, version=form.version.data, value=form.decided,
            comment=form.comment.data.strip(), ready=ready, actor_id=user_id(actor), now=now(),
        )
    except Conflict:
        return _sheet(actor, assignment, graded, form, conflict=True), 409
    return redirect(_onward(assignment, graded) if ready else _address(assignment, graded, saved=1), code=303)


@bp.post(f"{SHEET}/comments/<comment>")
def hide_comment(slug: str, number: int, team: str, comment: str) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    authorize(actor, Action.CONTENT_HIDE, assignments.scope_of(assignment, now()))

    post, hidden = posts.get_post(assignment, team), request.form.get("hidden") == "1"
    reviews.hide_comment(post=post, public_id=comment, hidden=hidden, actor_id=user_id(actor), now=now())
    return redirect(_address(assignment, post.team, _anchor=f"c-{comment}"), code=303)


@bp.post(f"{SHEET}/readers/<int:reader>")
def hide_review(slug: str, number: int, team: str, reader: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    authorize(actor, Action.CONTENT_HIDE, assignments.scope_of(assignment, now()))

    post, hidden = posts.get_post(assignment, team), request.form.get("hidden") == "1"
    reviews.hide_review(post=post, reader_number=reader, hidden=hidden, actor_id=user_id(actor), now=now())
    return redirect(_address(assignment, post.team, _anchor="readers"), code=303)


@bp.get(f"{AT}/release")
def confirm_release(slug: str, number: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    authorize(actor, Action.GRADE_RELEASE, assignments.scope_of(assignment, now()))

    return render_template("grades/release.html", assignment=assignment, held=queries.held(assignment))


@bp.post(f"{AT}/release")
def release(slug: str, number: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    authorize(actor, Action.GRADE_RELEASE, assignments.scope_of(assignment, now()))

    released = commands.release_grades(assignment=assignment, actor_id=user_id(actor), now=now())
    return redirect(url_for("overview.show", slug=slug, number=number, released=released), code=303)


@bp.get(f"{AT}/grade")
def own(slug: str, number: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    post = posts.find_own_post(assignment, actor)
    scope = queries.scope_of(post, now()) if post else assignments.scope_of(assignment, now())
    waits = is_author(actor, scope) and not scope.released
    authorize(actor, Action.ASSIGNMENT_VIEW if waits else Action.GRADE_VIEW, scope)
    if post is None:
        raise NotFound("a grade of one's own")

    if waits:
        overdue = not is_open(assignment.grades_by, now())
        return render_template("grades/locked.html", assignment=assignment, overdue=overdue)
    grade = own_queries.own_grade(post, feedback_open=scope.feedback_open, now=now())
    return render_template("grades/own.html", assignment=assignment, grade=grade, phrases=phrases)


def _sheet(
    actor: Actor, assignment: Assignment, team: Team, form: GradeForm | None = None, *, conflict: bool = False
) -> str:
    """The sheet; with a form that was refused, as it was typed. After a conflict the next save is meant."""
    page = sheet_queries.sheet(assignment, team, reviewed=request.args.get("revision") == "reviewed")
    saved = page.grade
    if form is None:
        form = GradeForm(assignment.grading_scale, assignment.max_points, data=_as_typed(saved))
    if conflict and saved:
        form.version.data = saved.version
    return render_template(
        "grades/sheet.html",
        assignment=assignment,
        page=page,
        form=form,
        errors=errors_of(form),
        conflict=conflict,
        choices=CHOICES.get(assignment.grading_scale, ()),
        line=queries.line_around(assignment, team.slug),
        may=granted(actor, assignments.scope_of(assignment, now())),
        just_saved="saved" in request.args,
        phrases=phrases,
        short_day=short_day,
    )


def short_day(moment: datetime) -> str:
    """«12. nov.», where the whole date and clock stand right below."""
    return format_skeleton("MMMd", local(moment), locale=get_locale())


def _as_typed(saved: queries.Saved | None) -> dict[str, str]:
    if saved is None:
        return {"version": "0", "value": "", "comment": ""}
    return {"version": str(saved.version), "value": saved.value or "", "comment": saved.comment}


def _address(assignment: Assignment, team: Team, **more: Any) -> str:
    return url_for("grades.sheet", slug=assignment.course.slug, number=assignment.number, team=team.slug, **more)


def _onward(assignment: Assignment, team: Team) -> str:
    """To the next team that is not ready; from the last one back to the overview."""
    slug, number = assignment.course.slug, assignment.number
    following = queries.line_around(assignment, team.slug).next
    if following is None:
        return url_for("overview.show", slug=slug, number=number)
    return url_for("grades.sheet", slug=slug, number=number, team=following.slug)
