"""The class: members, teams, invitations, the join code, the class list."""

from blogreview.teams.routes import bp

blueprints = (bp,)
