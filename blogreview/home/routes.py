from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from blogreview import phrases
from blogreview.assignments import queries as assignments
from blogreview.courses import queries as courses
from blogreview.domain.next_step import choose
from blogreview.home import staff_queries, student_queries
from blogreview.models import Assignment, Course
from blogreview.policy import Action, Actor, Scope, granted
from blogreview.posts.draft_queries import class_reads_from
from blogreview.posts.reading_queries import index_rows
from blogreview.reviews.queries import MyReview, my_reviews
from blogreview.web.clock import now
from blogreview.web.guard import anyone, authorize, current_actor, user_id
from blogreview.web.i18n import local

bp = Blueprint("home", __name__)

#: How many of the class's posts the home shows; the rest are on their own page.
NEWEST = 5


@bp.get("/")
def front() -> ResponseReturnValue:
    """A person with one course is taken there."""
    actor = anyone()
    authorize(actor, Action.SITE_VIEW)
    if actor.user_id is None:
        is_demo = current_app.extensions["settings"].demo
        return redirect(url_for("demo.welcome" if is_demo else "accounts.sign_in"), code=303)
    found = courses.courses_of(actor)
    if len(found) == 1:
        return redirect(url_for("home.course", slug=found[0].slug), code=303)
    return render_template("home/front.html", courses=found, may=granted(actor, Scope()))


@bp.get("/courses/<slug>/")
def course(slug: str) -> str:
    """What a student does next; how far the class has come, for those who teach it."""
    actor, found = current_actor(), courses.get_course(slug)
    scope = courses.scope_of(found)
    authorize(actor, Action.COURSE_VIEW, scope)

    may = granted(actor, scope)
    if Action.OVERVIEW_VIEW in may:
        taught = staff_queries.taught_course(found, now())
        return render_template("home/taught.html", course=found, taught=taught, may=may, phrases=phrases)
    return _student_home(found, actor)


def _student_home(found: Course, actor: Actor) -> str:
    moment, opened = now(), student_queries.opened_assignments(found)
    rows = student_queries.student_assignments(found, opened, actor, moment)
    chosen = choose(row.todo for row in rows)
    current = next((row for row in rows if row.todo is chosen), None)
    return render_template(
        "home/course.html",
        course=found,
        current=current,
        others=[row for row in rows if row is not current],
        drafts=[row for row in rows if row.should_warn(moment)],
        people=student_queries.people_around(found, actor),
        **(_room(opened[rows.index(current)], actor, moment) if current else {}),
        phrases=phrases,
        days_left=_days_left,
    )


def _room(assignment: Assignment, actor: Actor, moment: datetime) -> dict[str, object]:
    """What the student has to review, what waits first, and what the class has published."""
    reviews = sorted(my_reviews(assignment, user_id(actor), moment), key=lambda review: review.sent)
    posts = sorted(index_rows(actor, assignment, moment), key=lambda row: row.published_at, reverse=True)
    return {
        "reviews": reviews,
        "next_review": _to_go_on_with(reviews),
        "reads_all": assignments.reading_is_open(assignment, moment),
        "reading_opens": class_reads_from(assignment),
        "newest": posts[:NEWEST],
        "published": len(posts),
    }


def _to_go_on_with(reviews: Sequence[MyReview]) -> MyReview | None:
    """One that is begun before one that is not."""
    unsent = [review for review in reviews if not review.sent]
    return min(unsent, key=lambda review: review.state is None, default=None)


def _days_left(until: datetime) -> str:
    days = (local(until).date() - local(now()).date()).days
    if days < 1:
        return str(_("i dag"))
    return str(_("i morgen") if days == 1 else ngettext("om %(num)d dag", "om %(num)d dager", days))
