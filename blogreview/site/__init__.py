"""What belongs to no course: languages, the plain pages, health; and the frame around every page."""

from blogreview.site.routes import health, language, pages

blueprints = (language, pages, health)
