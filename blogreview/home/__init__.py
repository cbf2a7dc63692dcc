"""Where people land: the front page, and a course's home with the one next thing to do."""

from blogreview.home.routes import bp

blueprints = (bp,)
