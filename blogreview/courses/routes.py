from __future__ import annotations

from flask import Blueprint, abort

from blogreview.policy import Action
from blogreview.web.guard import authorize, current_actor

bp = Blueprint("courses", __name__)


@bp.get("/courses/new")
def new() -> str:
    authorize(current_actor(), Action.COURSE_CREATE)
    abort(404)
