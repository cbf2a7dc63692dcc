"""What staff take out of the class's sight, and bring back."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from blogreview.assignments import queries as assignments
from blogreview.policy import Action
from blogreview.posts import hiding_commands, media_commands, media_queries, queries
from blogreview.posts.routes import A, bp
from blogreview.web.clock import now
from blogreview.web.guard import authorize, current_actor, user_id

POST = f"{A}/posts/<team>"


@bp.post(f"{POST}/<any(hide, unhide):verb>")
def hide(slug: str, number: int, team: str, verb: str) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    post = queries.get_post(assignment, team)
    scope = queries.scope_of(post, actor, now())
    authorize(actor, Action.POST_VIEW, scope)
    authorize(actor, Action.CONTENT_HIDE, scope)

    hiding_commands.hide_post(post=post, hidden=verb == "hide", actor_id=user_id(actor), now=now())
    return redirect(url_for("posts.show", slug=slug, number=number, team=team), code=303)


@bp.post(f"{POST}/images/<media_hash>/<any(hide, unhide):verb>")
def hide_image(slug: str, number: int, team: str, media_hash: str, verb: str) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    post = queries.get_post(assignment, team)
    scope = queries.scope_of(post, actor, now())
    authorize(actor, Action.POST_VIEW, scope)
    authorize(actor, Action.CONTENT_HIDE, scope)

    image = media_queries.get_post_image(post, media_hash)
    hiding_commands.set_hidden(
        thing=image, name=f"image {image.id}", hidden=verb == "hide", course_id=assignment.course_id,
        actor_id=user_id(actor), now=now(),
    )
    return redirect(url_for("posts.show", slug=slug, number=number, team=team, _anchor="pictures"), code=303)


@bp.post(f"{POST}/images/<media_hash>/withdraw")
def withdraw_image(slug: str, number: int, team: str, media_hash: str) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    post = queries.get_post(assignment, team)
    scope = queries.scope_of(post, actor, now())
    authorize(actor, Action.POST_VIEW, scope)
    authorize(actor, Action.CONTENT_HIDE, scope)

    image = media_queries.get_post_image(post, media_hash)
    media_commands.withdraw_image(image=image, course_id=assignment.course_id, actor_id=user_id(actor), now=now())
    return redirect(url_for("posts.show", slug=slug, number=number, team=team, _anchor="pictures"), code=303)
