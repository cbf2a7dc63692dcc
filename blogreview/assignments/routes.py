from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blogreview.assignments import commands, queries
from blogreview.assignments import extension_queries as extensions
from blogreview.assignments import setup_queries as setups
from blogreview.assignments.extension_queries import Holder
from blogreview.assignments.forms import AssignmentForm
from blogreview.assignments.locks import Begun, Lock, locked_fields
from blogreview.assignments.moving import confirmation, meetings
from blogreview.assignments.outlook import Outlook
from blogreview.assignments.rubric_commands import DEFAULT_RUBRIC
from blogreview.assignments.rubric_forms import in_words
from blogreview.assignments.rubric_queries import rubric_of
from blogreview.assignments.rubric_text import RubricText
from blogreview.assignments.setup import DEADLINE_FIELDS, Move, Setup, moves, proposed
from blogreview.courses import queries as courses
from blogreview.models import Assignment, Course
from blogreview.phrases import word
from blogreview.policy import Action, granted
from blogreview.web.clock import now
from blogreview.web.form_errors import errors_of
from blogreview.web.guard import authorize, current_actor, user_id

bp = Blueprint("assignments", __name__)
bp.add_app_template_filter(word)

#: Not typed by anybody: they belong to one press of a button.
PRESSED = frozenset({"csrf_token", "action", "confirmed"})


@bp.get("/courses/<slug>/assignments/new")
def new(slug: str) -> str:
    actor, course = current_actor(), courses.get_course(slug)
    authorize(actor, Action.ASSIGNMENT_EDIT, courses.scope_of(course))
    return _new_page(course, AssignmentForm(_proposed(course), now=now()))


@bp.post("/courses/<slug>/assignments/new")
def create(slug: str) -> ResponseReturnValue:
    actor, course = current_actor(), courses.get_course(slug)
    authorize(actor, Action.ASSIGNMENT_EDIT, courses.scope_of(course))
    form, action = AssignmentForm(_proposed(course), now=now()), request.form.get("action")
    if action == "add-question":
        form.add_question()
        return _new_page(course, form, added=True)
    if not form.is_fine(to_open=action == "open"):
        return _new_page(course, form), 422
    assignment = commands.create_assignment(
        course_id=course.id, setup=form.setup(), now=now(), actor_id=user_id(actor)
    )
    return _opened_or_saved(assignment, action, user_id(actor))


@bp.get("/courses/<slug>/assignments/<int:number>/")
def show(slug: str, number: int) -> str:
    actor, assignment = current_actor(), queries.get_assignment(slug, number)
    scope = queries.scope_of(assignment, now())
    authorize(actor, Action.ASSIGNMENT_VIEW, scope)
    seat = actor.seats[assignment.course_id]
    return render_template(
        "assignments/show.html",
        assignment=assignment,
        questions=setups.question_rows(assignment.id),
        rubric=in_words(rubric_of(assignment.id)),
        phases=queries.phase_items(assignment, now()),
        own=extensions.own_extensions(assignment.id, Holder(seat.team_id, actor.user_id)),
        feedback_opens=queries.feedback_opens(assignment),
        may=granted(actor, scope),
        receipt="opened" in request.args,
    )


@bp.get("/courses/<slug>/assignments/<int:number>/edit")
def edit(slug: str, number: int) -> str:
    actor, assignment = current_actor(), queries.get_assignment(slug, number)
    authorize(actor, Action.ASSIGNMENT_EDIT, queries.scope_of(assignment, now()))
    return _edit_page(_editing(assignment), receipt="saved" in request.args)


@bp.post("/courses/<slug>/assignments/<int:number>/edit")
def change(slug: str, number: int) -> ResponseReturnValue:
    actor, assignment = current_actor(), queries.get_assignment(slug, number)
    authorize(actor, Action.ASSIGNMENT_EDIT, queries.scope_of(assignment, now()))
    setups.hold(assignment)
    editing, action = _editing(assignment), request.form.get("action")
    answer = _not_yet(editing, action)
    if answer is not None:
        return answer
    commands.change_assignment(
        assignment=assignment, setup=editing.form.setup(), now=now(), actor_id=user_id(actor)
    )
    return _opened_or_saved(assignment, action, user_id(actor))


@dataclass(frozen=True, slots=True)
class Editing:
    """An assignment being edited: what stands, what is locked, and what has been typed."""

    assignment: Assignment
    begun: Begun
    locked: dict[str, Lock]
    form: AssignmentForm


def _proposed(course: Course) -> Setup:
    questions = (
        _("Hvorfor trenger en virksomhet en strategi for sosiale medier?"),
        _("Hva bør en god strategi inneholde?"),
    )
    title = _("Strategi for sosiale medier: hvorfor, og hva?")
    return proposed(title, questions, now(), ZoneInfo(course.timezone))


def _editing(assignment: Assignment) -> Editing:
    begun, opened = setups.begun(assignment), queries.is_opened(assignment)
    locked = dict(locked_fields(begun, queries.deadlines_of(assignment), opened, now()))
    form = AssignmentForm(setups.setup_of(assignment), opened=opened, locked=locked, now=now())
    return Editing(assignment, begun, locked, form)


def _not_yet(editing: Editing, action: str | None) -> ResponseReturnValue | None:
    """What stands between the press of the button and saving: another question, a stale form, a mistake, a warning."""
    form, assignment = editing.form, editing.assignment
    if action == "add-question" and "questions" in form:
        form.add_question()
        return _edit_page(editing, added=True)
    if action == "back":
        return _edit_page(editing)
    if form.version.data != str(assignment.version):
        return _edit_page(editing, conflict=True), 409
    if not form.is_fine(to_open=action == "open", answered=setups.answered_questions(assignment.id)):
        return _edit_page(editing), 422
    moved = moves(form.stored, form.setup()) if form.opened else ()
    if moved and request.form.get("confirmed") != confirmation(moved):
        return _confirm_page(assignment, moved)
    return None


def _new_page(course: Course, form: AssignmentForm, **more: Any) -> str:
    previous = setups.newest_id(course.id)
    rubric = DEFAULT_RUBRIC if previous is None else rubric_of(previous)
    return _form_page("assignments/new.html", course, form, in_words(rubric), **more)


def _edit_page(editing: Editing, **more: Any) -> str:
    """A form sent keeps the version it was made from; only one that has been told of a conflict may go on from here."""
    assignment, sent = editing.assignment, editing.form.version
    sent.data = str(assignment.version) if more.get("conflict") or not sent.data else sent.data
    return _form_page(
        "assignments/edit.html", assignment.course, editing.form, in_words(rubric_of(assignment.id)),
        assignment=assignment, locked=editing.locked, begun=editing.begun, **more,
    )


def _form_page(template: str, course: Course, form: AssignmentForm, rubric: RubricText, **more: Any) -> str:
    size = setups.class_size(course.id)
    return render_template(
        template, course=course, form=form, rubric=rubric, errors=errors_of(form),
        outlook=Outlook(size.students, size.teams, form.reviews()), deadline_fields=DEADLINE_FIELDS, **more,
    )


def _confirm_page(assignment: Assignment, moved: tuple[Move, ...]) -> str:
    """What was typed goes along, unseen, and waits for the one press."""
    kept = [(name, value) for name, value in request.form.items(multi=True) if name not in PRESSED]
    return render_template(
        "assignments/confirm.html",
        assignment=assignment,
        meetings=meetings(moved, setups.reach(assignment), setups.extensions_held(assignment)),
        confirmed=confirmation(moved),
        action=request.form.get("action", ""),
        kept=kept,
    )


def _opened_or_saved(assignment: Assignment, action: str | None, actor_id: int) -> ResponseReturnValue:
    slug, number = assignment.course.slug, assignment.number
    if action == "open":
        commands.open_assignment(assignment=assignment, now=now(), actor_id=actor_id)
        return redirect(url_for("assignments.show", slug=slug, number=number, opened=1), code=303)
    if action == "rubric":
        return redirect(url_for("assignments.rubric", slug=slug, number=number), code=303)
    return redirect(url_for("assignments.edit", slug=slug, number=number, saved=1), code=303)
