from __future__ import annotations

from flask import Blueprint, Response, request

from blogreview.policy import Action
from blogreview.posts import media_queries
from blogreview.web.clock import now
from blogreview.web.guard import authorize, current_actor

bp = Blueprint("media", __name__)

A_YEAR = 365 * 24 * 3600


@bp.get("/media/<media_hash>/<int:width>.webp")
def image(media_hash: str, width: int) -> Response:
    """Under its hash it never changes; a browser may keep it, a shared cache may not."""
    actor = current_actor()
    scope = media_queries.scope_of_image(media_hash, actor, now())
    authorize(actor, Action.POST_VIEW, scope)

    response = Response(media_queries.get_variant(media_hash, width).data, mimetype="image/webp")
    response.headers["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    response.set_etag(f"{media_hash}-{width}")
    response.make_conditional(request)
    return response
