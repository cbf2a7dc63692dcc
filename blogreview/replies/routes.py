from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blogreview.assignments import queries as assignments
from blogreview.models import Post
from blogreview.policy import Action, Actor, Scope, granted
from blogreview.posts import hiding_commands, reading_queries
from blogreview.posts import queries as posts
from blogreview.replies import commands, queries
from blogreview.replies.forms import ReplyForm
from blogreview.web.clock import now
from blogreview.web.guard import authorize, current_actor, user_id

bp = Blueprint("replies", __name__)

REPLIES = "/courses/<slug>/assignments/<int:number>/posts/<team>/replies"


@bp.post(REPLIES)
def write(slug: str, number: int, team: str) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    post = posts.get_post(assignment, team)
    scope = posts.scope_of(post, actor, now())
    authorize(actor, Action.REPLY_WRITE, scope)

    form = ReplyForm()
    if not form.validate():
        return _page(slug, number, post, actor, scope, form), 422
    parent = queries.get_reply(post, form.parent.data) if form.parent.data else None
    reply = commands.write_reply(post=post, parent=parent, text=form.text.data, author_id=user_id(actor), now=now())
    return _back(slug, number, team, reply.public_id)


@bp.post(f"{REPLIES}/<public_id>/remove")
def remove(slug: str, number: int, team: str, public_id: str) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    post = posts.get_post(assignment, team)
    reply = queries.get_reply(post, public_id)
    scope = replace(posts.scope_of(post, actor, now()), owner_id=reply.author_id)
    authorize(actor, Action.REPLY_REMOVE, scope)

    commands.remove_reply(reply=reply, now=now())
    return _back(slug, number, team, public_id)


@bp.post(f"{REPLIES}/<public_id>/<any(hide, unhide):verb>")
def hide(slug: str, number: int, team: str, public_id: str, verb: str) -> ResponseReturnValue:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    post = posts.get_post(assignment, team)
    reply = queries.get_reply(post, public_id)
    authorize(actor, Action.CONTENT_HIDE, posts.scope_of(post, actor, now()))

    hiding_commands.set_hidden(
        thing=reply, name=f"reply {reply.id}", hidden=verb == "hide", course_id=assignment.course_id,
        actor_id=user_id(actor), now=now(),
    )
    return _back(slug, number, team, public_id)


def _page(slug: str, number: int, post: Post, actor: Actor, scope: Scope, form: ReplyForm) -> str:
    return render_template(
        "posts/show.html",
        slug=slug,
        number=number,
        page=reading_queries.post_page(post, actor, scope, now()),
        may=granted(actor, scope),
        receipt=False,
        typed=form,
    )


def _back(slug: str, number: int, team: str, public_id: str) -> ResponseReturnValue:
    address = url_for("posts.show", slug=slug, number=number, team=team, _anchor=f"reply-{public_id}")
    return redirect(address, code=303)
