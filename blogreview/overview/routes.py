from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from blogreview import phrases
from blogreview.assignments import queries as assignments
from blogreview.assignments.rubric_queries import rubric_of
from blogreview.domain.alphabet import alphabetical
from blogreview.domain.csv_text import Value, csv_text
from blogreview.domain.flags import Flag
from blogreview.domain.remarks import Matter
from blogreview.domain.rubric import Rubric
from blogreview.grades import estimate_queries as estimates
from blogreview.grades.estimate_commands import refresh_estimates
from blogreview.models import Assignment
from blogreview.overview import queries
from blogreview.overview.rows import Cell, TeamRow, Totals, totals_of
from blogreview.overview.view import Filter, View, kept_by
from blogreview.policy import Action, Actor, granted
from blogreview.web import request_cycle
from blogreview.web.clock import now
from blogreview.web.guard import authorize, current_actor
from blogreview.web.i18n import number

bp = Blueprint("overview", __name__)
AT = "/courses/<slug>/assignments/<int:number>"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few views of the page."""

    url: str
    label: str
    count: int | None
    current: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A team's row, and its remarks and grade in words."""

    row: TeamRow
    icon: str
    remarks: str
    grade: str
    state: str
    marked: frozenset[str]


@dataclass(frozen=True, slots=True)
class Table:
    """What both the page and the file show."""

    assignment: Assignment
    rubric: Rubric
    view: View
    every: Sequence[TeamRow]
    shown: Sequence[TeamRow]
    totals: Totals

    @property
    def criteria(self) -> list[str]:
        return [phrases.criterion_name(criterion) for criterion in self.rubric.criteria]

    @property
    def short_names(self) -> list[str]:
        return [short(name) for name in self.criteria]

    @property
    def levels(self) -> list[str]:
        return [phrases.level_name(level) for level in self.rubric.levels]


@bp.get(f"{AT}/overview")
def show(slug: str, number: int) -> str:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    scope = assignments.scope_of(assignment, now())
    authorize(actor, Action.OVERVIEW_VIEW, scope)

    table = _table(actor, assignment)
    return render_template(
        "overview/show.html",
        table=table,
        may=granted(actor, scope),
        filters=_filters(table),
        lines=[_line(row, table.criteria) for row in table.shown],
        next_team=_next_team(table),
        stale=estimates.is_stale(assignment),
        released=request.args.get("released", type=int),
    )


@bp.get(f"{AT}/overview.csv")
def export(slug: str, number: int) -> Response:
    actor, assignment = current_actor(), assignments.get_assignment(slug, number)
    authorize(actor, Action.OVERVIEW_VIEW, assignments.scope_of(assignment, now()))

    text = csv_text(_csv_lines(_table(actor, assignment)))
    name = _("oversikt")  # by itself: words inside an f-string are not collected before Python 3.12
    headers = {"Content-Disposition": f'attachment; filename="{name}-{slug}-{number}.csv"'}
    return Response(text, mimetype="text/csv", headers=headers)


def _table(actor: Actor, assignment: Assignment) -> Table:
    """The rows as the address asks for them; where that is quick, with estimates of every score there is."""
    request_cycle.settle(
        lambda: estimates.are_due(assignment), lambda: refresh_estimates(assignment_ids=[assignment.id])
    )
    rubric = rubric_of(assignment.id)
    view = View.of(request.args, len(rubric.criteria))
    every = queries.team_rows(assignment, actor, rubric, view.find)
    shown = view.rows(every, assignment.grading_scale)
    return Table(assignment, rubric, view, every, shown, totals_of(every, len(rubric.criteria)))


def _filters(table: Table) -> list[Choice]:
    labels = {
        Filter.ALL: _("Alle"),
        Filter.LOOK: _("Bør sees på"),
        Filter.MISSING: _("Mangler vurderinger"),
        Filter.UNGRADED: _("Uten karakter"),
    }
    view = table.view
    return [
        Choice(view.changed(filter=chosen), label, kept_by(chosen, table.every), view.filter is chosen)
        for chosen, label in labels.items()
    ]


def _next_team(table: Table) -> str | None:
    """The first, by name, that has no grade ready, whatever the page shows."""
    left = sorted((alphabetical(row.name), row.slug) for row in table.every if not row.is_ready)
    return left[0][1] if left else None


_ICONS = {
    Matter.NOT_PUBLISHED: "miss", Matter.HIDDEN: "eye", Matter.DISAGREEMENT: "split", Matter.MISSING: "miss",
    Flag.SPREAD: "split", Flag.LITTLE_CONCRETE: "quiet",
}


def _line(row: TeamRow, criteria: Sequence[str]) -> Line:
    return Line(
        row,
        icon=_ICONS.get(row.remarks[0].about, "eye") if row.remarks else "",
        remarks=_remarks(row, criteria),
        grade=phrases.grade(row.grade) if row.grade else "",
        state=_state(row),
        marked=frozenset(remark.about.value for remark in row.remarks),
    )


def _remarks(row: TeamRow, criteria: Sequence[str]) -> str:
    first, *rest = [phrases.remark(remark, criteria) for remark in row.remarks] or [""]
    return ", ".join([first, *(text[:1].lower() + text[1:] for text in rest)])


def _state(row: TeamRow) -> str:
    if row.state is None or row.grade is None:
        return ""
    return str(phrases.GRADE_STATES[row.state])


def short(name: str) -> str:
    """What a phone has room for above a column of figures: «Retn.», «Eks.»."""
    return name if len(name) <= 5 else name[:4].rstrip("aeiouyæøå") + "."


def _csv_lines(table: Table) -> Iterator[list[Value]]:
    criteria, levels, totals = table.criteria, table.levels, table.totals
    figures = [[*(f"{name}: {level}" for level in levels), *_figure_names(name)] for name in criteria]
    yield [
        _("Team"), _("Innlegg"), _("Lesere"), _("Lesere i alt"), *(name for names in figures for name in names),
        _("Forslag"), _("Merknad"), _("Karakter"), _("Status"),
    ]
    yield [
        _("Hele klassen"), None, totals.sent, totals.wanted, *_csv_cells(totals.cells, len(levels)),
        totals.suggestions, None, None, None,
    ]
    for row in table.shown:
        yield [
            row.name, row.title, row.sent, row.wanted, *_csv_cells(row.cells, len(levels)),
            row.suggestions, _remarks(row, criteria), phrases.grade(row.grade) if row.grade else None, _state(row),
        ]


def _figure_names(criterion: str) -> list[str]:
    return [_("%(criterion)s: anslag", criterion=criterion), _("%(criterion)s: rent snitt", criterion=criterion)]


def _csv_cells(cells: Sequence[Cell], levels: int) -> Iterator[Value]:
    for cell in cells:
        yield from cell.counts or (0,) * levels
        yield from (_with_comma(figure) for figure in (cell.estimate, cell.mean))


def _with_comma(figure: float | None) -> str | None:
    """As the page shows it, but always with the comma that goes with the semicolons."""
    return None if figure is None else number(figure).replace(".", ",")
