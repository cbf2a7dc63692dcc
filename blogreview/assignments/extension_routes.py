from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blogreview.assignments import extension_commands as commands
from blogreview.assignments import extension_queries as extensions
from blogreview.assignments import queries
from blogreview.assignments import setup_queries as setups
from blogreview.assignments.extension_forms import ExtensionForm
from blogreview.assignments.extension_queries import Holder
from blogreview.assignments.routes import bp
from blogreview.models import Assignment
from blogreview.policy import Action
from blogreview.web.clock import now
from blogreview.web.form_errors import errors_of
from blogreview.web.guard import authorize, current_actor, user_id


@bp.get("/courses/<slug>/assignments/<int:number>/edit/extensions")
def list_extensions(slug: str, number: int) -> str:
    actor, assignment = current_actor(), queries.get_assignment(slug, number)
    authorize(actor, Action.ASSIGNMENT_EDIT, queries.scope_of(assignment, now()))
    return _page(assignment, _form(assignment))


@bp.post("/courses/<slug>/assignments/<int:number>/edit/extensions")
def extend(slug: str, number: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), queries.get_assignment(slug, number)
    authorize(actor, Action.ASSIGNMENT_EDIT, queries.scope_of(assignment, now()))
    setups.hold(assignment)
    form = _form(assignment)
    if not form.is_fine():
        return _page(assignment, form), 422
    commands.give_extension(
        assignment=assignment, deadline=form.deadline.data, holder=Holder(*form.holder()), until=form.until.data,
        now=now(), actor_id=user_id(actor),
    )
    return redirect(url_for("assignments.list_extensions", slug=slug, number=number, saved=1), code=303)


@bp.post("/courses/<slug>/assignments/<int:number>/edit/extensions/<int:extension>/remove")
def remove_extension(slug: str, number: int, extension: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), queries.get_assignment(slug, number)
    authorize(actor, Action.ASSIGNMENT_EDIT, queries.scope_of(assignment, now()))
    found = extensions.get_extension(assignment.id, extension)
    commands.remove_extension(assignment=assignment, extension=found, now=now(), actor_id=user_id(actor))
    return redirect(url_for("assignments.list_extensions", slug=slug, number=number, removed=1), code=303)


def _form(assignment: Assignment) -> ExtensionForm:
    people = extensions.people_of(assignment.course_id)
    return ExtensionForm(people.teams, people.students, ours=queries.deadlines_of(assignment), now=now())


def _page(assignment: Assignment, form: ExtensionForm) -> str:
    return render_template(
        "assignments/extensions.html",
        assignment=assignment,
        form=form,
        errors=errors_of(form),
        rows=extensions.extension_rows(assignment),
        receipt=next((name for name in ("saved", "removed") if name in request.args), None),
    )
