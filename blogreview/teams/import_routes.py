"""Importing a class list: read, looked over row by row, and only then written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blogreview.complaints import FILE_FAULTS, row_fault
from blogreview.courses.queries import get_course, get_course_to_write, scope_of
from blogreview.db import pause_transaction
from blogreview.domain.classlist import Fault, FileFault, Row, Table, read, understand
from blogreview.policy import Action
from blogreview.teams import import_commands, queries
from blogreview.teams.class_import import Class, pack, pressed, wrong_fields
from blogreview.teams.forms import ListForm, RowsForm
from blogreview.teams.routes import bp, class_page, to_class
from blogreview.teams.spreadsheets import Unreadable, read_xlsx
from blogreview.web.clock import now
from blogreview.web.guard import authorize, current_actor, user_id

ZIP = b"PK"


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """A row that must be put right, and how."""

    row: Row
    whys: tuple[str, ...]
    #: Which of its fields are wrong: name, email, team.
    wrong: frozenset[str]
    #: The team may be right as it stands.
    team_in_doubt: bool


@bp.post("/courses/<slug>/class/import")
def preview(slug: str) -> ResponseReturnValue:
    """Writes nothing."""
    actor, course = current_actor(), get_course(slug)
    authorize(actor, Action.CLASS_EDIT, scope_of(course))
    form, members = ListForm(), queries.class_of(course.id)
    pause_transaction()  # a large workbook takes seconds to read, and nobody's save waits for that
    found = understand(table_of(form.content()), known_teams=members.teams, known_people=members.team_by_email)
    course = get_course(slug)
    if found.faults:
        errors = [(f"#{form.text.id}", str(FILE_FAULTS[fault])) for fault in found.faults]
        return class_page(course, list_form=form, errors=errors), 422
    return class_page(course, list_form=form, dropped=found.dropped, **preview_of(members, found.rows, ()))


@bp.post("/courses/<slug>/class/import/confirm")
def confirm_import(slug: str) -> ResponseReturnValue:
    actor, course = current_actor(), get_course_to_write(slug)
    authorize(actor, Action.CLASS_EDIT, scope_of(course))
    form, members = RowsForm(), queries.class_of(course.id)
    try:
        rows = members.check(form.drafts())
    except ValueError:
        return class_page(course, errors=[("#text", _("Lista kom ikke fram hel. Lim den inn en gang til."))]), 422
    if press := form.press():
        rows = members.check(pressed(rows, *press))
    if not form.adds:
        return class_page(course, **preview_of(members, rows, form.move.data))
    seen = members.preview(rows)
    moves = [move for move in seen.moves if move.row.number in form.move.data]
    import_commands.add_listed(course=course, fresh=seen.fresh, moves=moves, now=now(), actor_id=user_id(actor))
    if not seen.to_fix:
        return to_class(slug, added=len(seen.fresh), moved=len(moves))
    left = preview_of(members, seen.to_fix, ())
    if seen.fresh or moves:
        return class_page(course, added=len(seen.fresh), moved=len(moves), **left)
    return class_page(course, errors=mistakes(seen.to_fix), **left), 422


def table_of(content: bytes | str) -> Table:
    if isinstance(content, bytes) and content.startswith(ZIP):
        try:
            return read_xlsx(content)
        except Unreadable:
            return Table(None, (), fault=FileFault.UNREADABLE)
    return read(content)


def preview_of(members: Class, rows: Sequence[Row], ticked: Sequence[int]) -> dict[str, Any]:
    """What the page shows of a checked list, and what carries it on."""
    seen = members.preview(rows)
    return {"preview": seen, "to_fix": [faulty(row) for row in seen.to_fix], "packed": pack(rows), "ticked": ticked}


def faulty(row: Row) -> FaultyRow:
    whys = tuple(row_fault(row, fault) for fault in row.faults if fault is not Fault.ALREADY_MEMBER)
    return FaultyRow(row, whys, wrong_fields(row), bool({Fault.NO_TEAM, Fault.UNKNOWN_TEAM_CLOSE_TO} & {*row.faults}))


def mistakes(rows: Sequence[Row]) -> list[tuple[str, str]]:
    return [
        (f"#name-{row.number}", _("Rad %(number)d: %(why)s", number=row.number, why=" ".join(faulty(row).whys)))
        for row in rows
    ]
