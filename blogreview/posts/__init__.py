"""A team's post: drafts, publishing, reading, images."""

from blogreview.posts.routes import bp

blueprints = (bp,)
