from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, text, update

from blogreview.db import db
from blogreview.domain.terms import ReviewState, Role
from blogreview.errors import NotFound
from blogreview.models import Course, Membership, Post, Review, Revision, Team, User


def get_person(email: str) -> User:
    """:raise NotFound: the demo has been changed, and nobody has the address any more."""
    found = db.session.scalar(select(User).where(User.email == email))
    if found is None:
        raise NotFound(email)
    return found


@dataclass(frozen=True, slots=True)
class DemoFacts:
    """What the welcome page tells of the course."""

    teams: int
    students: int
    reviews: int


def demo_facts() -> DemoFacts:
    """Three queries."""
    students = select(func.count()).select_from(Membership).where(Membership.role == Role.STUDENT)
    reviews = select(func.count()).select_from(Review).where(Review.state == ReviewState.SUBMITTED)
    counted = (select(func.count()).select_from(Team), students, reviews)
    return DemoFacts(*(db.session.scalar(wanted) or 0 for wanted in counted))


def first_slug() -> str:
    """The demo course's.

    :raise NotFound: there is no course.
    """
    found = db.session.scalar(select(Course.slug).order_by(Course.id).limit(1))
    if found is None:
        raise NotFound("the demo course")
    return found


@dataclass(frozen=True, slots=True)
class HighestIds:
    """The last id given in each table that the large course numbers itself."""

    user: int
    team: int
    post: int
    revision: int
    review: int


def highest_ids() -> HighestIds:
    """Five queries."""
    tables = (User, Team, Post, Revision, Review)
    return HighestIds(*(db.session.scalar(select(func.max(table.id))) or 0 for table in tables))


def free_slug(wanted: str) -> str:
    """The wanted slug, with a number behind it where it is taken."""
    taken = set(db.session.scalars(select(Course.slug).where(Course.slug.startswith(wanted))))
    numbered = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)


def insert_many(model: type[Any], rows: list[dict[str, Any]]) -> None:
    """Insert the rows in one statement's executions."""
    if rows:
        db.session.execute(insert(model), rows)


def set_current_revisions(assignment_id: int) -> None:
    """Every post of the assignment shows its only revision."""
    own = select(Revision.id).where(Revision.post_id == Post.id).scalar_subquery()
    db.session.execute(update(Post).where(Post.assignment_id == assignment_id).values(current_revision_id=own))


def catch_up_sequences() -> None:
    """PostgreSQL does not notice ids given by hand; the next one it gives must lie above them."""
    if db.engine.dialect.name != "postgresql":
        return
    for name in ("user", "team", "post", "revision", "review"):
        db.session.execute(text(f"""SELECT setval(pg_get_serial_sequence('"{name}"', 'id'), max(id)) FROM "{name}" """))


def delete_everything() -> None:
    """Empty every table."""
    if db.engine.dialect.name == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in db.metadata.sorted_tables)
        db.session.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        return
    db.session.execute(text("PRAGMA defer_foreign_keys=ON"))
    db.session.execute(update(Post).values(current_revision_id=None))
    for table in reversed(db.metadata.sorted_tables):
        db.session.execute(delete(table))
