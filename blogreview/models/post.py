from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blogreview.db import Base, UtcDateTime
from blogreview.domain.terms import SaveOutcome
from blogreview.models.assignment import Assignment
from blogreview.models.columns import Hideable, Key, Long, Moment, Short, public_id, term
from blogreview.models.course import Team


class Post(Hideable, Base):
    """A team's whole: its draft here and in ``answer``, what it has published in ``revision``."""

    __tablename__ = "post"
    __table_args__ = (UniqueConstraint("assignment_id", "team_id"),)
    id: Mapped[Key]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    title: Mapped[Short] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    #: When who wrote it was settled; until then the authors are the team.
    frozen_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    current_revision_id: Mapped[int | None] = mapped_column(
        ForeignKey("revision.id", use_alter=True, name="fk_post_current_revision_id_revision")
    )
    assignment: Mapped[Assignment] = relationship(lazy="joined", innerjoin=True)
    team: Mapped[Team] = relationship(lazy="joined", innerjoin=True)
    current_revision: Mapped[Revision | None] = relationship(foreign_keys=current_revision_id, post_update=True)


class PostAuthor(Base):
    """Who wrote a post, frozen when its publish deadline passed."""

    __tablename__ = "post_author"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)


class Answer(Base):
    """The draft of one answer, with its own lock counter: two people may write in different answers."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("post_id", "question_id"),)
    id: Mapped[Key]
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    body: Mapped[Long] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[Moment]
    updated_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))


class DraftSave(Base):
    """Every saved state of a draft, also one that lost to a save made meanwhile. No question: the title."""

    __tablename__ = "draft_save"
    id: Mapped[Key]
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"))
    body: Mapped[Long]
    outcome: Mapped[SaveOutcome] = mapped_column(term(SaveOutcome))
    saved_at: Mapped[Moment]
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))


class Revision(Base):
    """A frozen, published state of a post."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("post_id", "number"),)
    id: Mapped[Key]
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[Short]
    words: Mapped[int]
    late: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[Moment]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    answers: Mapped[list[RevisionAnswer]] = relationship(
        cascade="all, delete-orphan", order_by="RevisionAnswer.position"
    )


class RevisionAnswer(Base):
    """One answer as published, with its safe HTML and the version of the sanitiser that made it."""

    __tablename__ = "revision_answer"
    __table_args__ = (UniqueConstraint("revision_id", "question_id"),)
    id: Mapped[Key]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    position: Mapped[int]
    body: Mapped[Long]
    html: Mapped[Long]
    sanitiser_version: Mapped[int] = mapped_column(index=True)


class Media(Base):
    """An image rebuilt from its pixels, under the hash of its largest variant's bytes."""

    __tablename__ = "media"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[Moment]
    #: Withdrawn by a teacher: the variants are deleted for good, the row tells why nothing is shown.
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    variants: Mapped[list[MediaVariant]] = relationship(
        cascade="all, delete-orphan", order_by="MediaVariant.width"
    )


class MediaVariant(Base):
    __tablename__ = "media_variant"
    media_hash: Mapped[str] = mapped_column(ForeignKey("media.hash", ondelete="CASCADE"), primary_key=True)
    width: Mapped[int] = mapped_column(primary_key=True)
    height: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class PostImage(Hideable, Base):
    """An image a team has put in its post: only these does the post's text show."""

    __tablename__ = "post_image"
    __table_args__ = (UniqueConstraint("post_id", "media_hash"),)
    id: Mapped[Key]
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    media_hash: Mapped[str] = mapped_column(ForeignKey("media.hash"), index=True)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[Moment]
    media: Mapped[Media] = relationship(lazy="joined", innerjoin=True)


class Reply(Hideable, Base):
    """A turn in the open conversation under a published post, one level deep."""

    __tablename__ = "reply"
    id: Mapped[Key]
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=public_id)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("reply.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    text: Mapped[Long]
    written_at: Mapped[Moment]
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
