"""One team: its name, its members."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blogreview.courses.queries import get_course, get_course_to_write, scope_of
from blogreview.errors import Refused
from blogreview.models import Course, Team
from blogreview.policy import Action
from blogreview.teams import commands, queries
from blogreview.teams.forms import TeamForm
from blogreview.teams.routes import bp, refusal, to_class
from blogreview.web.clock import now
from blogreview.web.form_errors import errors_of
from blogreview.web.guard import authorize, current_actor, user_id

AT = "/courses/<slug>/class/teams/<team>"


@bp.get(AT)
def team(slug: str, team: str) -> ResponseReturnValue:
    actor, course = current_actor(), get_course(slug)
    authorize(actor, Action.CLASS_EDIT, scope_of(course))
    return team_page(course, queries.get_team(course, team))


@bp.post(AT)
def rename(slug: str, team: str) -> ResponseReturnValue:
    actor, course = current_actor(), get_course_to_write(slug)
    authorize(actor, Action.CLASS_EDIT, scope_of(course))
    found, form = queries.get_team(course, team), TeamForm()
    if not form.validate():
        return team_page(course, found, form=form, errors=errors_of(form)), 422
    try:
        commands.rename_team(team=found, name=form.name.data, now=now(), actor_id=user_id(actor))
    except Refused as refused:
        return team_page(course, found, form=form, errors=refusal(refused, form.name.id)), 422
    return redirect(url_for("teams.team", slug=slug, team=team, saved=1), code=303)


@bp.get(f"{AT}/delete")
def back_to_team(slug: str, team: str) -> ResponseReturnValue:
    """See ``teams.back``."""
    authorize(current_actor(), Action.CLASS_EDIT, scope_of(get_course(slug)))
    return redirect(url_for("teams.team", slug=slug, team=team), code=303)


@bp.post(f"{AT}/delete")
def delete(slug: str, team: str) -> ResponseReturnValue:
    actor, course = current_actor(), get_course_to_write(slug)
    authorize(actor, Action.CLASS_EDIT, scope_of(course))
    found = queries.get_team(course, team)
    try:
        commands.delete_team(team=found, now=now(), actor_id=user_id(actor))
    except Refused as refused:
        return team_page(course, found, errors=refusal(refused, "delete")), 422
    return to_class(slug, saved=1)


def team_page(course: Course, team: Team, **more: Any) -> str:
    members = queries.member_rows(course.id, current_actor())
    page = {"form": TeamForm(formdata=None, name=team.name), "errors": [], "saved": "saved" in request.args}
    return render_template(
        "teams/team.html",
        course=course,
        team=team,
        members=[member for member in members if member.team == team.slug],
        teams=queries.teams_of(course.id),
        in_use=queries.is_in_use(team),
        **(page | more),
    )
