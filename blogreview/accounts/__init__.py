"""People: passwords, sessions, personal links."""

from blogreview.accounts.routes import bp

blueprints = (bp,)
