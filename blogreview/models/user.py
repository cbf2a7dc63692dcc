from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blogreview.db import Base, UtcDateTime
from blogreview.domain.terms import LinkPurpose
from blogreview.models.columns import Key, Moment, Short, term


class User(Base):
    """A person. No password until the invitation is accepted."""

    __tablename__ = "user"
    id: Mapped[Key]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[Short]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    may_create_courses: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str | None] = mapped_column(String(2))
    created_at: Mapped[Moment]


class SignIn(Base):
    """A revocable session: the cookie carries the token, the row its hash."""

    __tablename__ = "sign_in"
    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class AccessLink(Base):
    """A personal link: one purpose, one use, an end. Only its hash is stored."""

    __tablename__ = "access_link"
    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(term(LinkPurpose))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class Attempt(Base):
    """One try at something that must not be guessed: a password, a join code."""

    __tablename__ = "attempt"
    __table_args__ = (Index(None, "key", "at"),)
    id: Mapped[Key]
    key: Mapped[Short]
    at: Mapped[Moment]
