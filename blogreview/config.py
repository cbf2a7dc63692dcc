"""Every setting the app reads, in one frozen record. docs/operations.md describes each."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = ROOT / "instance"
LOCAL_URL = "http://127.0.0.1:{port}"


@dataclass(frozen=True)
class Settings:
    """What an installation decides. The names in the environment are the fields in capitals."""

    secret_key: str
    database_url: str = f"sqlite:///{INSTANCE / 'medleser.sqlite'}"
    production: bool = False
    demo: bool = False
    institution: str = "Høgskolen i Fjordvik"
    public_url: str = LOCAL_URL.format(port=8000)
    testing: bool = False

    def __post_init__(self) -> None:
        if self.production and self.demo:
            raise ValueError("DEMO cannot be on in PRODUCTION: it lets anyone sign in as anyone")
        if self.production and not self.public_url.startswith("https://"):
            raise ValueError("PUBLIC_URL must begin with https:// in PRODUCTION")

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> Settings:
        production = env.get("PRODUCTION", "") == "1"
        return cls(
            secret_key=env.get("SECRET_KEY") or _kept_secret(production),
            database_url=driver_url(env.get("DATABASE_URL", "")) or cls.database_url,
            production=production,
            demo=env.get("DEMO", "0" if production else "1") == "1",
            institution=env.get("INSTITUTION", cls.institution),
            public_url=(env.get("PUBLIC_URL") or LOCAL_URL.format(port=env.get("PORT", 8000))).rstrip("/"),
        )

    def to_flask(self) -> dict[str, object]:
        return {
            "SECRET_KEY": self.secret_key,
            "TESTING": self.testing,
            # Nobody asks for them, and what Flask answers by itself has not asked the policy.
            "PROVIDE_AUTOMATIC_OPTIONS": False,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "MAX_CONTENT_LENGTH": 12 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
            "SESSION_COOKIE_NAME": "__Host-medleser" if self.production else "medleser",
            "SESSION_COOKIE_SECURE": self.production,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "PERMANENT_SESSION_LIFETIME": 14 * 24 * 3600,
            # A token lives as long as the session: a form left open overnight still sends.
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_CSRF_SSL_STRICT": self.production,
        }


def driver_url(url: str) -> str:
    """The URL as SQLAlchemy wants it: hosting services write ``postgres://``."""
    scheme, separator, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if separator and scheme in ("postgres", "postgresql") else url


def _kept_secret(production: bool) -> str:
    """A secret made at the first start and kept beside the database, so that sessions survive a restart."""
    if production:
        raise ValueError("SECRET_KEY must be set in PRODUCTION")
    path = INSTANCE / "secret_key"
    if not path.exists():
        INSTANCE.mkdir(exist_ok=True)
        path.write_text(secrets.token_hex(32), encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii")
