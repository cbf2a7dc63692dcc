"""The class page, and what is done to the whole class from it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blogreview.complaints import CLASS_REFUSALS
from blogreview.courses import commands as courses
from blogreview.courses.queries import get_course, get_course_to_write, scope_of
from blogreview.domain.terms import Role
from blogreview.errors import Refused
from blogreview.models import Course
from blogreview.phrases import ROLES
from blogreview.policy import Action
from blogreview.teams import commands, queries
from blogreview.teams.forms import ListForm, StaffForm, TeamForm
from blogreview.web.addresses import public_url
from blogreview.web.clock import now
from blogreview.web.form_errors import errors_of
from blogreview.web.guard import authorize, current_actor, user_id

bp = Blueprint("teams", __name__)


@bp.get("/courses/<slug>/class")
def show(slug: str) -> ResponseReturnValue:
    actor, course = current_actor(), get_course(slug)
    authorize(actor, Action.CLASS_EDIT, scope_of(course))
    return class_page(course)


@bp.get("/courses/<slug>/class/import")
@bp.get("/courses/<slug>/class/import/confirm")
@bp.get("/courses/<slug>/class/invitations")
@bp.get("/courses/<slug>/class/staff")
@bp.get("/courses/<slug>/class/teams")
def back(slug: str) -> ResponseReturnValue:
    """Whoever reloads, or changes language on, the answer to a form gets to where the form is."""
    authorize(current_actor(), Action.CLASS_EDIT, scope_of(get_course(slug)))
    return to_class(slug)


@bp.post("/courses/<slug>/class/code")
def open_code(slug: str) -> ResponseReturnValue:
    actor, course = current_actor(), get_course_to_write(slug)
    authorize(actor, Action.CLASS_EDIT, scope_of(course))
    courses.open_joining(course=course, now=now(), actor_id=user_id(actor))
    return to_class(slug, saved=1)


@bp.post("/courses/<slug>/class/code/close")
def close_code(slug: str) -> ResponseReturnValue:
    actor, course = current_actor(), get_course_to_write(slug)
    authorize(actor, Action.CLASS_EDIT, scope_of(course))
    courses.close_joining(course=course, now=now(), actor_id=user_id(actor))
    return to_class(slug, saved=1)


@bp.post("/courses/<slug>/class/staff")
def add_staff(slug: str) -> ResponseReturnValue:
    actor, course = current_actor(), get_course_to_write(slug)
    authorize(actor, Action.CLASS_EDIT, scope_of(course))
    form = StaffForm(prefix="staff-")
    if not form.validate():
        return class_page(course, staff_form=form, errors=errors_of(form)), 422
    try:
        member = commands.add_staff(
            course=course,
            name=form.name.data,
            email=form.email.data,
            role=Role(form.role.data),
            now=now(),
            actor_id=user_id(actor),
        )
    except Refused as refused:
        return class_page(course, staff_form=form, errors=refusal(refused, form.role.id)), 422
    return redirect(url_for("teams.member", slug=slug, member=member.id, saved=1), code=303)


@bp.post("/courses/<slug>/class/teams")
def create_team(slug: str) -> ResponseReturnValue:
    actor, course = current_actor(), get_course_to_write(slug)
    authorize(actor, Action.CLASS_EDIT, scope_of(course))
    form = TeamForm(prefix="team-")
    if not form.validate():
        return class_page(course, team_form=form, errors=errors_of(form)), 422
    try:
        commands.create_team(course=course, name=form.name.data, now=now(), actor_id=user_id(actor))
    except Refused as refused:
        return class_page(course, team_form=form, errors=refusal(refused, form.name.id)), 422
    return to_class(slug, saved=1)


@bp.post("/courses/<slug>/class/members/confirm")
def confirm_all(slug: str) -> ResponseReturnValue:
    actor, course = current_actor(), get_course_to_write(slug)
    authorize(actor, Action.CLASS_EDIT, scope_of(course))
    commands.confirm(members=queries.unconfirmed(course.id), now=now(), actor_id=user_id(actor))
    return to_class(slug, saved=1)


def class_page(course: Course, **more: Any) -> str:
    """The page, with whatever a form on it has to say."""
    page = {
        "list_form": ListForm(formdata=None),
        "team_form": TeamForm(formdata=None, prefix="team-"),
        "staff_form": StaffForm(formdata=None, prefix="staff-"),
        "preview": None,
        "errors": [],
        "added": request.args.get("added", type=int),
        "moved": request.args.get("moved", type=int),
        "saved": "saved" in request.args,
    }
    return render_template(
        "teams/show.html",
        course=course,
        rows=queries.class_rows(course.id, current_actor()),
        join_address=public_url("teams.join").partition("://")[2],
        join_link=public_url("teams.join", code=course.join_code) if course.join_code else None,
        roles=ROLES,
        **(page | more),
    )


def to_class(slug: str, **receipt: Any) -> ResponseReturnValue:
    return redirect(url_for("teams.show", slug=slug, **receipt), code=303)


def refusal(refused: Refused, field_id: str) -> list[tuple[str, str]]:
    return [(f"#{field_id}", str(CLASS_REFUSALS[refused.reason]))]
