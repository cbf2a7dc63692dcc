from __future__ import annotations

from datetime import datetime

from blogreview.audit.commands import record
from blogreview.db import db
from blogreview.domain.terms import GradeState
from blogreview.errors import Conflict
from blogreview.grades import queries
from blogreview.grades.estimate_queries import lock_assignment
from blogreview.models import Assignment, Grade, Post, Team


def save_grade(
    *,
    assignment: Assignment,
    team: Team,
    version: int,
    value: str | None,
    comment: str,
    ready: bool,
    actor_id: int,
    now: datetime,
) -> Grade:
    """Write the team's grade; ``version`` is the one the teacher had before them, 0 for none.

    A released grade stays released: the change is kept in the audit. A second press changes nothing.

    :raise Conflict: somebody saved meanwhile.
    """
    lock_assignment(assignment.id)
    post = queries.find_post(assignment, team.id)
    grade = queries.find_grade(post.id) if post else None
    if grade and grade.version != version:
        if grade.saved_by_id == actor_id and _says(grade, value, comment, ready):
            return grade
        raise Conflict(grade)
    grade = grade or _new_grade(post or _new_post(assignment, team), now=now, actor_id=actor_id)
    before = _decision(grade)
    _write(grade, value=value, comment=comment, ready=ready)
    grade.saved_at, grade.saved_by_id = now, actor_id
    db.session.flush()
    record(
        verb="grade:saved", subject=f"grade {grade.id}", now=now, actor_id=actor_id, course_id=assignment.course_id,
        team=team.id, before=before, after=_decision(grade),
    )
    return grade


def release_grades(*, assignment: Assignment, actor_id: int, now: datetime) -> int:
    """Let every ready grade be seen by its team, in one act; how many there were."""
    lock_assignment(assignment.id)
    grades = queries.ready_grades(assignment)
    for grade in grades:
        grade.state, grade.released_at, grade.released_by_id = GradeState.RELEASED, now, actor_id
        grade.version += 1
    if grades:
        record(
            verb="grades:released", subject=f"assignment {assignment.id}", now=now, actor_id=actor_id,
            course_id=assignment.course_id, grades={str(grade.id): grade.value for grade in grades},
        )
    db.session.flush()
    return len(grades)


def _says(grade: Grade, value: str | None, comment: str, ready: bool) -> bool:
    decided = grade.state is not GradeState.DRAFT
    return (grade.value, grade.comment, decided) == (value, comment, ready or grade.state is GradeState.RELEASED)


def _new_post(assignment: Assignment, team: Team) -> Post:
    """A team that never wrote can be graded too."""
    post = Post(assignment_id=assignment.id, team_id=team.id)
    db.session.add(post)
    db.session.flush()
    return post


def _new_grade(post: Post, *, now: datetime, actor_id: int) -> Grade:
    grade = Grade(post=post, version=0, comment="", state=GradeState.DRAFT, saved_at=now, saved_by_id=actor_id)
    db.session.add(grade)
    return grade


def _write(grade: Grade, *, value: str | None, comment: str, ready: bool) -> None:
    revision = queries.graded_revision(grade.post, queries.revisions_of(grade.post))
    grade.revision_id = revision.id if revision else None
    grade.value, grade.comment = value, comment
    grade.version += 1
    if grade.state is not GradeState.RELEASED:
        grade.state = GradeState.READY if ready else GradeState.DRAFT


def _decision(grade: Grade) -> dict[str, object]:
    return {"value": grade.value, "state": grade.state.value, "revision": grade.revision_id}
