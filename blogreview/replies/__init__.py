"""The open conversation under a published post."""

from blogreview.replies.routes import bp

blueprints = (bp,)
