from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blogreview.courses import queries as courses
from blogreview.policy import Action
from blogreview.web.guard import anyone, authorize, current_actor

bp = Blueprint("home", __name__)


@bp.get("/")
def front() -> ResponseReturnValue:
    """A person with one course is taken there."""
    authorize(anyone(), Action.SITE_VIEW)
    found = courses.courses_of(current_actor())
    if len(found) == 1:
        return redirect(url_for("home.course", slug=found[0].slug), code=303)
    return render_template("home/front.html", courses=found)


@bp.get("/courses/<slug>/")
def course(slug: str) -> str:
    actor, found = current_actor(), courses.get_course(slug)
    authorize(actor, Action.COURSE_VIEW, courses.scope_of(found))
    return render_template("home/course.html", course=found)
