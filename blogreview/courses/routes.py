from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blogreview.courses import commands
from blogreview.courses.forms import CourseForm
from blogreview.policy import Action
from blogreview.web.clock import now
from blogreview.web.form_errors import errors_of
from blogreview.web.guard import authorize, current_actor, user_id

bp = Blueprint("courses", __name__)


@bp.get("/courses/new")
def new() -> str:
    authorize(current_actor(), Action.COURSE_CREATE)
    return render_template("courses/new.html", form=CourseForm(), errors=[])


@bp.post("/courses/new")
def create() -> ResponseReturnValue:
    actor = current_actor()
    authorize(actor, Action.COURSE_CREATE)
    form = CourseForm()
    if not form.validate():
        return render_template("courses/new.html", form=form, errors=errors_of(form)), 422
    course = commands.create_course(
        code=form.code.data,
        title=form.title.data,
        term=form.term.data,
        timezone=form.timezone.data,
        now=now(),
        actor_id=user_id(actor),
    )
    return redirect(url_for("teams.show", slug=course.slug), code=303)
