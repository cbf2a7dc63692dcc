"""Personal links to hand out. They are stored nowhere, so each is shown once: when it is made."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template
from flask.typing import ResponseReturnValue

from blogreview.accounts.commands import LINK_LASTS, add_links
from blogreview.courses.queries import get_course_to_write, scope_of
from blogreview.domain.terms import LinkPurpose
from blogreview.models import Course
from blogreview.policy import Action
from blogreview.teams import queries
from blogreview.teams.queries import MemberRow
from blogreview.teams.routes import bp
from blogreview.teams.slips import Slip, as_csv
from blogreview.web.addresses import public_url
from blogreview.web.clock import now
from blogreview.web.guard import authorize, current_actor, user_id


@bp.post("/courses/<slug>/class/invitations")
def invite_all(slug: str) -> ResponseReturnValue:
    """A link for every student who has not chosen a password yet."""
    actor, course = current_actor(), get_course_to_write(slug)
    authorize(actor, Action.CLASS_EDIT, scope_of(course))
    return slips_page(course, queries.class_rows(course.id, actor).invitable, LinkPurpose.INVITATION)


@bp.post("/courses/<slug>/class/members/<int:member>/link")
def new_link(slug: str, member: int) -> ResponseReturnValue:
    actor, course = current_actor(), get_course_to_write(slug)
    authorize(actor, Action.CLASS_EDIT, scope_of(course))
    row = queries.member_row(course.id, member, actor)
    if row.invitable:
        return slips_page(course, [row], LinkPurpose.INVITATION)
    authorize(actor, Action.LINK_RENEW, queries.link_scope(course, row, actor))
    return slips_page(course, [row], LinkPurpose.NEW_PASSWORD)


def slips_page(course: Course, members: Sequence[MemberRow], purpose: LinkPurpose) -> str:
    """The members' new links, to print or copy."""
    ids = [member.user_id for member in members]
    tokens = add_links(user_ids=ids, purpose=purpose, now=now(), actor_id=user_id(current_actor()))
    slips = [
        Slip(member.name, member.email, public_url("accounts.invitation", token=token))
        for member, token in zip(members, tokens, strict=True)
    ]
    until = now() + LINK_LASTS
    return render_template("teams/slips.html", course=course, slips=slips, csv=as_csv(slips), until=until)
