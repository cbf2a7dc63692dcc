from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blogreview.courses import queries
from blogreview.policy import Action
from blogreview.web.guard import anyone, authorize, current_actor

bp = Blueprint("courses", __name__)


@bp.get("/")
def front() -> ResponseReturnValue:
    """A person with one course is taken there."""
    authorize(anyone(), Action.SITE_VIEW)
    found = queries.courses_of(current_actor())
    if len(found) == 1:
        return redirect(url_for("courses.home", slug=found[0].slug), code=303)
    return render_template("courses/front.html", courses=found)


@bp.get("/courses/<slug>/")
def home(slug: str) -> str:
    actor, course = current_actor(), queries.get_course(slug)
    authorize(actor, Action.COURSE_VIEW, queries.scope_of(course))
    return render_template("courses/home.html", course=course)
