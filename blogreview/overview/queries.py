from __future__ import annotations

from typing import Any

from sqlalchemy import CompoundSelect, RowMapping, Select, and_, func, select, union_all

from blogreview.db import db
from blogreview.domain.estimates import kept
from blogreview.domain.remarks import remarks_of
from blogreview.domain.rubric import Rubric
from blogreview.grades import count_queries as counts
from blogreview.models import Assignment, Grade, Membership, Post, PostAuthor, PostEstimate, Revision, Team, User
from blogreview.overview.rows import TeamRow, cell_of
from blogreview.policy import Action, Actor, Scope, permits


def team_rows(assignment: Assignment, actor: Actor, rubric: Rubric, find: str = "") -> tuple[TeamRow, ...]:
    """One row per team of the course, published or not, in no order; none for those who may not see the overview.

    Three queries, whatever the size; a fourth when something is searched for.
    """
    if not permits(actor, Action.OVERVIEW_VIEW, Scope(course_id=assignment.course_id)):
        return ()
    levels = counts.level_counts(assignment.id, rubric.top)
    suggestions = counts.suggestion_counts(assignment.id)
    teams = db.session.execute(_teams(assignment)).mappings()
    found = _found(assignment, find) if find else None
    return tuple(
        _row(team, rubric, levels, suggestions, found is None or team["id"] in found) for team in teams
    )


def _row(
    team: RowMapping, rubric: Rubric, levels: counts.Counts, suggestions: dict[int, int], matches: bool
) -> TeamRow:
    post, estimate, nobody = team["post_id"], kept(team["content"]), (0,) * rubric.top
    hidden = team["hidden_at"] is not None
    cells = tuple(cell_of(levels.get((post, row.id), nobody), estimate, row.id) for row in rubric.criteria)
    return TeamRow(
        slug=team["slug"],
        name=team["name"],
        title=team["title"],
        hidden=hidden,
        sent=team["sent"],
        wanted=team["wanted"],
        cells=cells,
        suggestions=suggestions.get(post, 0),
        remarks=remarks_of(
            published=team["title"] is not None,
            hidden=hidden,
            split=tuple(place for place, cell in enumerate(cells) if cell.disagreement),
            missing=team["wanted"] - team["sent"],
            wanted=team["wanted"],
            flags=estimate.flags,
        ),
        grade=team["value"],
        state=team["state"],
        matches=matches,
    )


def _teams(assignment: Assignment) -> Select[*tuple[Any, ...]]:
    readers = counts.readers()
    return (
        select(
            Team.id, Team.slug, Team.name, Post.id.label("post_id"), Revision.title, Post.hidden_at,
            func.coalesce(readers.c.sent, 0).label("sent"), func.coalesce(readers.c.wanted, 0).label("wanted"),
            PostEstimate.content, Grade.value, Grade.state,
        )
        .outerjoin(Post, and_(Post.team_id == Team.id, Post.assignment_id == assignment.id))
        .outerjoin(Revision, Revision.id == Post.current_revision_id)
        .outerjoin(readers, readers.c.post_id == Post.id)
        .outerjoin(PostEstimate, PostEstimate.post_id == Post.id)
        .outerjoin(Grade, Grade.post_id == Post.id)
        .where(Team.course_id == assignment.course_id)
    )


def _found(assignment: Assignment, find: str) -> set[int]:
    """The teams whose name, or a member's or an author's, holds the words searched for.

    Compared here, not in SQL: SQLite knows no upper and lower case beyond a–z.
    """
    wanted = find.casefold()
    return {team for team, name in db.session.execute(_names(assignment)) if wanted in name.casefold()}


def _names(assignment: Assignment) -> CompoundSelect[int, str]:
    of_course = Team.course_id == assignment.course_id
    members = (
        select(Team.id, func.coalesce(Membership.shown_name, User.name))
        .join(Membership, Membership.team_id == Team.id)
        .join(User, User.id == Membership.user_id)
        .where(of_course, Membership.left_at.is_(None))
    )
    authors = (
        select(Team.id, User.name)
        .join(Post, Post.team_id == Team.id)
        .join(PostAuthor, PostAuthor.post_id == Post.id)
        .join(User, User.id == PostAuthor.user_id)
        .where(of_course, Post.assignment_id == assignment.id)
    )
    return union_all(select(Team.id, Team.name).where(of_course), members, authors)
