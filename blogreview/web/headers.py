"""Response headers every page carries."""

from __future__ import annotations

from flask import Flask, Response, request

POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
        "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    )
)


def init_app(app: Flask) -> None:
    app.after_request(secure)
    app.after_request(close_later)


def secure(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint != "static":
        # Someone else on a shared machine must not find a page by pressing Back.
        response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def close_later(response: Response) -> Response:
    """Flask-Compress, which comes after, puts its own stream in place of a file's and closes only that."""
    if close := getattr(response.response, "close", None):
        response.call_on_close(close)
    return response
