"""Joining a course by its code: the code first, then who one is and which team."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blogreview.accounts.commands import start_session
from blogreview.accounts.passwords import hash_password
from blogreview.accounts.queries import get_user
from blogreview.complaints import JOIN_REFUSALS
from blogreview.db import pause_transaction
from blogreview.errors import Refused
from blogreview.models import Course
from blogreview.policy import Action
from blogreview.teams import joining_commands, queries
from blogreview.teams.forms import ChooseTeamForm, CodeForm, JoinForm
from blogreview.teams.routes import bp
from blogreview.web.clock import now
from blogreview.web.fields import complain
from blogreview.web.form_errors import errors_of
from blogreview.web.guard import anyone, authorize, current_actor, user_id
from blogreview.web.session import start


@bp.get("/join")
def join() -> ResponseReturnValue:
    """Fills in the code of a shared link, and looks nothing up: to look up is to try, and tries are counted."""
    authorize(anyone(), Action.SITE_VIEW)
    return code_page(CodeForm(formdata=None, code=request.args.get("code")))


@bp.post("/join")
def check_code() -> ResponseReturnValue:
    actor, form = anyone(), CodeForm()
    authorize(actor, Action.SITE_VIEW)
    if not form.validate():
        return code_page(form), 422
    try:
        course = opened_by(form.code.data)
    except Refused as refused:
        return wrong_code(form.code.data, refused), 422
    if queries.is_settled(course.id, actor.user_id):
        return to_course(course)
    return join_page(course, JoinForm() if actor.user_id is None else ChooseTeamForm())


@bp.get("/join/account")
@bp.get("/join/team")
def back_to_code() -> ResponseReturnValue:
    """See ``teams.back``."""
    authorize(anyone(), Action.SITE_VIEW)
    return redirect(url_for("teams.join"), code=303)


@bp.post("/join/account")
def join_as_new() -> ResponseReturnValue:
    authorize(anyone(), Action.SITE_VIEW)
    form = JoinForm()
    try:
        course = opened_by(form.code.data)
    except Refused as refused:
        return wrong_code(form.code.data, refused), 422
    if not form.validate():
        return join_page(course, form), 422
    pause_transaction()  # see accounts.routes.check_password
    password_hash = hash_password(form.new_password.data)
    try:
        course = opened_by(form.code.data)
        user = joining_commands.join_as_new(
            course=course,
            name=form.name.data,
            email=form.email.data,
            password_hash=password_hash,
            team=queries.chosen_team(course, form.team.data),
            now=now(),
        )
    except Refused as refused:
        complain(form.email, str(JOIN_REFUSALS[refused.reason]))
        return join_page(course, form), 422
    start(start_session(user=user, now=now()))
    return to_course(course)


@bp.post("/join/team")
def choose_team() -> ResponseReturnValue:
    """For somebody who is signed in."""
    actor, form = current_actor(), ChooseTeamForm()
    authorize(actor, Action.SITE_VIEW)
    try:
        course = opened_by(form.code.data)
    except Refused as refused:
        return wrong_code(form.code.data, refused), 422
    team = queries.chosen_team(course, form.team.data)
    joining_commands.join(course=course, user=get_user(user_id(actor)), team=team, now=now())
    return to_course(course)


def opened_by(code: str) -> Course:
    """:raise Refused: see joining_commands.try_code."""
    return joining_commands.try_code(typed=code, address=request.remote_addr or "", now=now())


def code_page(form: CodeForm) -> str:
    return render_template("teams/join.html", form=form, errors=errors_of(form))


def wrong_code(code: str, refused: Refused) -> str:
    form = CodeForm(formdata=None, code=code)
    complain(form.code, str(JOIN_REFUSALS[refused.reason]))
    return code_page(form)


def join_page(course: Course, form: ChooseTeamForm) -> str:
    form.offer([(team.slug, team.name) for team in queries.teams_of(course.id)])
    action = url_for("teams.join_as_new" if isinstance(form, JoinForm) else "teams.choose_team")
    return render_template("teams/join_course.html", course=course, form=form, action=action, errors=errors_of(form))


def to_course(course: Course) -> ResponseReturnValue:
    return redirect(url_for("home.course", slug=course.slug), code=303)
