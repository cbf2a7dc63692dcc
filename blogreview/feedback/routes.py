from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blogreview import phrases
from blogreview.assignments import queries as assignments
from blogreview.feedback import queries
from blogreview.feedback.passages import fragment
from blogreview.models import Assignment, Post
from blogreview.policy import Action, Actor, Scope, granted
from blogreview.posts import queries as posts
from blogreview.web.clock import now
from blogreview.web.guard import authorize, current_actor

bp = Blueprint("feedback", __name__)


@bp.get("/courses/<slug>/assignments/<int:number>/feedback")
def show(slug: str, number: int) -> ResponseReturnValue:
    """The feedback to the actor's own post; staff name the team whose they would read."""
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    post, scope = _asked_for(assignment, actor)
    # Those who will read it may know, before it opens, that it is coming.
    authorize(actor, Action.FEEDBACK_VIEW, replace(scope, feedback_open=scope.opened))

    may = granted(actor, scope)
    if post is None and Action.OVERVIEW_VIEW in may:
        return redirect(url_for("overview.show", slug=slug, number=number), code=303)
    if not scope.feedback_open:
        opens = assignments.feedback_opens(assignment)
        return render_template("feedback/locked.html", assignment=assignment, opens=opens)
    if post is None:
        return render_template("feedback/none.html", assignment=assignment)
    return render_template(
        "feedback/show.html",
        post=post,
        assignment=assignment,
        deadlines=assignments.deadlines_for(assignment, team_id=post.team_id),
        feedback=queries.feedback_to(post, now()),
        may=may,
        now=now(),
        phrases=phrases,
        fragment=fragment,
    )


def _asked_for(assignment: Assignment, actor: Actor) -> tuple[Post | None, Scope]:
    team = request.args.get("team")
    if team is None:
        return posts.own_post(assignment, actor, now())
    post = posts.get_post(assignment, team)
    return post, posts.scope_of(post, actor, now())
