from __future__ import annotations

from datetime import datetime

from blogreview.assignments import extension_queries as queries
from blogreview.assignments.extension_queries import Holder
from blogreview.audit.commands import record
from blogreview.db import db
from blogreview.domain.terms import Deadline
from blogreview.models import Assignment, Extension


def give_extension(
    *, assignment: Assignment, deadline: Deadline, holder: Holder, until: datetime, now: datetime, actor_id: int
) -> None:
    """A deadline of their own; one they had already is moved. The caller has seen that it is later than the class's."""
    extension = queries.find_extension(assignment.id, deadline, holder)
    before = extension.until if extension else None
    if extension is None:
        extension = Extension(
            assignment_id=assignment.id, deadline=deadline, team_id=holder.team_id, user_id=holder.user_id
        )
        db.session.add(extension)
    extension.until, extension.granted_by_id = until, actor_id
    db.session.flush()
    _record(assignment, extension, "extension:given", before, until, now, actor_id)


def remove_extension(*, assignment: Assignment, extension: Extension, now: datetime, actor_id: int) -> None:
    """From now on the class's deadline holds for them too."""
    _record(assignment, extension, "extension:removed", extension.until, None, now, actor_id)
    db.session.delete(extension)
    db.session.flush()


def drop_overtaken(*, assignment: Assignment, deadline: Deadline, by: datetime, now: datetime, actor_id: int) -> None:
    """Remove the extensions that no longer give anybody more time than the class has."""
    for extension in queries.overtaken(assignment.id, deadline, by):
        remove_extension(assignment=assignment, extension=extension, now=now, actor_id=actor_id)


def _record(
    assignment: Assignment, extension: Extension, verb: str, before: datetime | None, after: datetime | None,
    now: datetime, actor_id: int,
) -> None:
    record(
        verb=verb, subject=f"assignment {assignment.id}", now=now, actor_id=actor_id, course_id=assignment.course_id,
        deadline=extension.deadline.value, team_id=extension.team_id, user_id=extension.user_id,
        before=before.isoformat() if before else None, after=after.isoformat() if after else None,
    )
