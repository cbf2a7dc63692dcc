"""A course to try: content, people to be, starting over."""

from blogreview.demo.routes import bp

blueprints = (bp,)
