"""What the class reads."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blogreview.assignments import queries as assignments
from blogreview.policy import Action, granted
from blogreview.posts import draft_queries, queries, reading_queries
from blogreview.web.clock import now
from blogreview.web.guard import authorize, current_actor

bp = Blueprint("posts", __name__)

A = "/courses/<slug>/assignments/<int:number>"


@bp.get(f"{A}/posts/")
def index(slug: str, number: int) -> str:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    scope = assignments.scope_of(assignment, now())
    authorize(actor, Action.POST_LIST, scope)

    return render_template(
        "posts/index.html",
        slug=slug,
        number=number,
        title=assignment.title,
        rows=reading_queries.index_rows(actor, assignment, now()),
        reads_all=scope.reading_open or Action.CONTENT_HIDE in granted(actor, scope),
        opens=draft_queries.class_reads_from(assignment),
    )


@bp.get(f"{A}/posts/<team>/")
def show(slug: str, number: int, team: str) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    post = queries.get_post(assignment, team)
    scope = queries.scope_of(post, actor, now())
    authorize(actor, Action.POST_VIEW, scope)

    if not scope.published:
        return redirect(url_for("posts.edit", slug=slug, number=number), code=303)
    return render_template(
        "posts/show.html",
        slug=slug,
        number=number,
        page=reading_queries.post_page(post, actor, scope, now()),
        may=granted(actor, scope),
        receipt="published" in request.args,
        typed=None,
    )
