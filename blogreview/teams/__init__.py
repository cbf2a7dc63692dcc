"""The class: members, teams, invitations, the join code, the class list."""

from blogreview.teams import import_routes, invitation_routes, joining_routes, member_routes, team_routes
from blogreview.teams.routes import bp

__all__ = ["import_routes", "invitation_routes", "joining_routes", "member_routes", "team_routes"]

blueprints = (bp,)
