"""One person in the class, and one team."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blogreview.courses.queries import get_course, get_course_to_write, scope_of
from blogreview.domain.terms import Role
from blogreview.errors import Refused
from blogreview.models import Course
from blogreview.policy import Action, granted
from blogreview.teams import commands, queries
from blogreview.teams.forms import RoleForm
from blogreview.teams.queries import MemberRow
from blogreview.teams.routes import bp, refusal, to_class
from blogreview.web.clock import now
from blogreview.web.form_errors import errors_of
from blogreview.web.guard import authorize, current_actor, user_id

AT = "/courses/<slug>/class/members/<int:member>"


@bp.get(AT)
def member(slug: str, member: int) -> ResponseReturnValue:
    actor, course = current_actor(), get_course(slug)
    authorize(actor, Action.CLASS_EDIT, scope_of(course))
    return member_page(course, queries.member_row(course.id, member, actor))


@bp.get(f"{AT}/role")
@bp.get(f"{AT}/link")
@bp.get(f"{AT}/remove")
def back_to_member(slug: str, member: int) -> ResponseReturnValue:
    """See ``teams.back``."""
    authorize(current_actor(), Action.CLASS_EDIT, scope_of(get_course(slug)))
    return redirect(url_for("teams.member", slug=slug, member=member), code=303)


@bp.post(f"{AT}/team")
def move(slug: str, member: int) -> ResponseReturnValue:
    actor, course = current_actor(), get_course_to_write(slug)
    authorize(actor, Action.CLASS_EDIT, scope_of(course))
    person, team = queries.get_student(course, member), queries.chosen_team(course, request.form.get("team"))
    commands.move_member(member=person, team=team, now=now(), actor_id=user_id(actor))
    return to_member(slug, member)


@bp.post(f"{AT}/role")
def set_role(slug: str, member: int) -> ResponseReturnValue:
    actor, course = current_actor(), get_course_to_write(slug)
    authorize(actor, Action.CLASS_EDIT, scope_of(course))
    person, form = queries.get_member(course, member), RoleForm()
    row = queries.member_row(course.id, member, actor)
    if not form.validate():
        return member_page(course, row, role_form=form, errors=errors_of(form)), 422
    try:
        commands.set_role(member=person, role=Role(form.role.data), now=now(), actor_id=user_id(actor))
    except Refused as refused:
        return member_page(course, row, role_form=form, errors=refusal(refused, form.role.id)), 422
    return to_member(slug, member)


@bp.post(f"{AT}/confirm")
def confirm(slug: str, member: int) -> ResponseReturnValue:
    actor, course = current_actor(), get_course_to_write(slug)
    authorize(actor, Action.CLASS_EDIT, scope_of(course))
    commands.confirm(members=[queries.get_member(course, member)], now=now(), actor_id=user_id(actor))
    return to_class(slug, saved=1)


@bp.post(f"{AT}/remove")
def remove(slug: str, member: int) -> ResponseReturnValue:
    actor, course = current_actor(), get_course_to_write(slug)
    authorize(actor, Action.CLASS_EDIT, scope_of(course))
    person = queries.get_member(course, member)
    row = queries.member_row(course.id, member, actor)
    try:
        commands.remove_member(member=person, now=now(), actor_id=user_id(actor))
    except Refused as refused:
        return member_page(course, row, errors=refusal(refused, "remove")), 422
    return to_class(slug, saved=1)


def member_page(course: Course, row: MemberRow, **more: Any) -> str:
    actor = current_actor()
    page = {"role_form": RoleForm(formdata=None, role=row.role.value), "errors": [], "saved": "saved" in request.args}
    return render_template(
        "teams/member.html",
        course=course,
        member=row,
        teams=queries.teams_of(course.id),
        may=granted(actor, queries.link_scope(course, row, actor)),
        **(page | more),
    )


def to_member(slug: str, member: int) -> ResponseReturnValue:
    return redirect(url_for("teams.member", slug=slug, member=member, saved=1), code=303)
