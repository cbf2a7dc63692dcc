"""``flask --app app …``: what is done outside a request. Each command commits once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from blogreview.accounts import commands as accounts
from blogreview.accounts import queries as people
from blogreview.config import Settings
from blogreview.db import db
from blogreview.demo import commands as demo
from blogreview.demo import large_commands as large
from blogreview.domain.terms import LinkPurpose
from blogreview.overview import commands as overview
from blogreview.posts import commands as posts
from blogreview.upkeep import commands as upkeep
from blogreview.web.clock import now
from blogreview.web.renderer import render_safely

TICK_SECONDS = 30
log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    for command in (add_teacher, new_link, prepare, work, reset_demo, fill):
        app.cli.add_command(command)


def settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def link_to(token: str) -> str:
    return f"{settings().public_url}/invitations/{token}"


@click.command("add-teacher")
@click.argument("name")
@click.argument("email")
@with_appcontext
def add_teacher(name: str, email: str) -> None:
    """Let NAME <EMAIL> make courses; prints the link where they choose a password."""
    user = people.find_user_by_email(email) or accounts.add_user(name=name, email=email, now=now())
    user.may_create_courses = True
    token = accounts.add_link(user=user, purpose=LinkPurpose.INVITATION, now=now(), actor_id=None)
    db.session.commit()
    click.echo(f"{user.name} can make courses. Personal link, for 14 days:\n{link_to(token)}")


@click.command("new-link")
@click.argument("email")
@with_appcontext
def new_link(email: str) -> None:
    """Print a link where the person with EMAIL chooses a new password."""
    user = people.find_user_by_email(email)
    if user is None:
        raise click.ClickException(f"nobody has the address {email}")
    token = accounts.add_link(user=user, purpose=LinkPurpose.NEW_PASSWORD, now=now(), actor_id=None)
    db.session.commit()
    click.echo(link_to(token))


@click.command("prepare")
@with_appcontext
def prepare() -> None:
    """Migrate; in demo mode fill an empty database with the demo course; say where it will be."""
    upgrade()
    if settings().demo and not people.anybody_exists():
        click.echo("Filling the demo course …")
        fill_demo()
    click.echo(f"\nMedleser is at {settings().public_url}")
    if settings().demo:
        click.echo("Be Maja (reviews), Sindre (writes) or Hilde (teaches): one press on the front page.\n")


def fill_demo() -> None:
    demo.fill_demo(now=now())
    db.session.commit()
    overview.refresh_stale_estimates(now=now())
    db.session.commit()


def attempt(task: Callable[..., None]) -> None:
    """One promise kept in a transaction of its own; one that fails is logged, and does not stop the others."""
    try:
        task(now=now())
        db.session.commit()
    except Exception:
        db.session.rollback()
        log.exception("%s failed", task.__name__)
    finally:
        db.session.remove()


def rerender(*, now: datetime) -> None:
    """One more chore; here, since only this module may know both posts and the processes that render them."""
    posts.rerender_stale(limit=50, render=render_safely)


@click.command("work")
@click.option("--once", is_flag=True, help="Do what is due, and end.")
@with_appcontext
def work(once: bool) -> None:
    """Keep the clock's promises: deal when writing closes, refresh estimates, tidy up. Runs until stopped."""
    while True:
        for task in (upkeep.keep_promises, *upkeep.CHORES, rerender):
            attempt(task)
        if once:
            return
        time.sleep(TICK_SECONDS)


@click.command("demo")
@click.option("--reset", is_flag=True, required=True, help="Throw away everything in the database and start over.")
@with_appcontext
def reset_demo(reset: bool) -> None:
    """Start the demo course over."""
    if not settings().demo:
        raise click.ClickException("this is not a demo: set DEMO=1 (and not PRODUCTION) to use it")
    demo.empty_database()
    fill_demo()


@click.command("fill")
@click.option("--teams", default=200, show_default=True)
@click.option("--reviews", default=5, show_default=True, help="Reviews per student.")
@with_appcontext
def fill(teams: int, reviews: int) -> None:
    """Make a large course to measure on. Prints its address."""
    if settings().production:
        raise click.ClickException("measure on a database of its own, not in production")
    slug = large.fill_large(teams=teams, reviews=reviews, now=now())
    db.session.commit()
    click.echo(f"{settings().public_url}/courses/{slug}/")
