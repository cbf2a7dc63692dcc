from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blogreview.assignments import queries
from blogreview.assignments import setup_queries as setups
from blogreview.assignments.locks import Begun, locked_fields
from blogreview.assignments.routes import bp
from blogreview.assignments.rubric_commands import change_rubric as store
from blogreview.assignments.rubric_forms import RubricForm, faults_of, in_words, read_rubric, to_store
from blogreview.assignments.rubric_queries import rubric_of
from blogreview.assignments.rubric_text import RubricText
from blogreview.models import Assignment
from blogreview.policy import Action
from blogreview.web.clock import now
from blogreview.web.guard import authorize, current_actor, user_id

#: Button -> what it does to the grid; the number after the dash is a place, from 0.
EDITS: Mapping[str, Callable[[RubricText, int], RubricText]] = {
    "add-criterion": lambda grid, _: grid.with_criterion(),
    "remove-criterion": RubricText.without_criterion,
    "raise-criterion": RubricText.with_raised,
    "lower-criterion": lambda grid, place: grid.with_raised(place + 1),
    "add-level": lambda grid, _: grid.with_level(),
    "remove-level": RubricText.without_level,
}


@bp.get("/courses/<slug>/assignments/<int:number>/edit/rubric")
def rubric(slug: str, number: int) -> str:
    actor, assignment = current_actor(), queries.get_assignment(slug, number)
    authorize(actor, Action.ASSIGNMENT_EDIT, queries.scope_of(assignment, now()))
    return _page(assignment, in_words(rubric_of(assignment.id)), receipt="saved" in request.args)


@bp.post("/courses/<slug>/assignments/<int:number>/edit/rubric")
def change_rubric(slug: str, number: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), queries.get_assignment(slug, number)
    authorize(actor, Action.ASSIGNMENT_EDIT, queries.scope_of(assignment, now()))
    setups.hold(assignment)
    typed, (edit, place) = read_rubric(request.form), _pressed(request.form.get("action", ""))
    stored = rubric_of(assignment.id)
    if edit in EDITS:
        return _page(assignment, EDITS[edit](typed, place), pressed=edit)
    if _is_locked(assignment, setups.begun(assignment)) or RubricForm().version.data != str(assignment.version):
        return _page(assignment, typed, stored=in_words(stored)), 409
    faults = faults_of(typed)
    if faults:
        return _page(assignment, typed, errors=faults), 422
    store(assignment=assignment, rubric=to_store(typed, stored), now=now(), actor_id=user_id(actor))
    return redirect(url_for("assignments.rubric", slug=slug, number=number, saved=1), code=303)


def _pressed(action: str) -> tuple[str, int]:
    """``remove-level.2`` -> what to do, and where."""
    edit, _, place = action.partition(".")
    return edit, int(place) if place.isascii() and place.isdigit() and len(place) < 3 else 0


def _is_locked(assignment: Assignment, begun: Begun) -> bool:
    fields = locked_fields(begun, queries.deadlines_of(assignment), queries.is_opened(assignment), now())
    return "rubric" in fields


def _page(assignment: Assignment, typed: RubricText, **more: object) -> str:
    """A grid sent keeps the version it was made from; only one that has been told of a conflict may go on from here."""
    begun, form = setups.begun(assignment), RubricForm()
    sent = form.version
    sent.data = str(assignment.version) if "stored" in more or not sent.data else sent.data
    return render_template(
        "assignments/rubric.html", assignment=assignment, form=form, rubric=typed, begun=begun,
        locked=_is_locked(assignment, begun), **more,
    )
