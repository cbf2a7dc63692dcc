"""WSGI entry point: ``flask --app app`` and gunicorn find ``app`` here."""

from blogreview import create_app

app = create_app()
