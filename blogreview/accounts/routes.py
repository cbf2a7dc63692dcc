from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import logout_user

from blogreview.accounts import commands, passwords, queries
from blogreview.accounts.forms import ChangePasswordForm, ChoosePasswordForm
from blogreview.accounts.tokens import token_hash
from blogreview.db import pause_transaction
from blogreview.policy import Action
from blogreview.web.clock import now
from blogreview.web.guard import anyone, authorize, current_actor, user_id, visitor
from blogreview.web.kept import read_kept
from blogreview.web.local_paths import local_path
from blogreview.web.session import start
from blogreview.web.sign_in_form import SignInForm

bp = Blueprint("accounts", __name__)


@bp.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    authorize(anyone(), Action.SITE_VIEW)
    if visitor():
        return redirect(local_path(request.args.get("next")), code=303)
    return render_template("accounts/sign_in.html", form=SignInForm(), next=request.args.get("next", ""), kept="")


@bp.post("/sign-in")
def check_password() -> ResponseReturnValue:
    authorize(anyone(), Action.SITE_VIEW)
    form = SignInForm()
    if form.validate() and _is_let_in(form):
        return _continue(form)
    return render_template("accounts/sign_in.html", form=form, next=form.next.data, kept=form.kept.data), 422


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    authorize(anyone(), Action.SITE_VIEW)
    person = visitor()
    if person:
        commands.end_session(token=person.token, now=now())
    logout_user()
    session.clear()
    return redirect(url_for("accounts.sign_in"), code=303)


@bp.get("/invitations/<token>")
def invitation(token: str) -> ResponseReturnValue:
    """Has no effect: mail scanners open links too."""
    authorize(anyone(), Action.SITE_VIEW)
    link = queries.find_link(token_hash(token), now())
    if link is None:
        return render_template("accounts/link_ended.html"), 404
    return render_template("accounts/choose_password.html", form=ChoosePasswordForm(), person=link.user)


@bp.post("/invitations/<token>")
def accept(token: str) -> ResponseReturnValue:
    authorize(anyone(), Action.SITE_VIEW)
    link = queries.find_link(token_hash(token), now())
    if link is None:
        return render_template("accounts/link_ended.html"), 404
    form = ChoosePasswordForm()
    if not form.validate():
        return render_template("accounts/choose_password.html", form=form, person=link.user), 422
    pause_transaction()  # see check_password
    password_hash = passwords.hash_password(form.new_password.data)
    link = queries.get_link(token_hash(token), now())
    start(commands.accept_link(link=link, password_hash=password_hash, now=now()))
    return redirect(url_for("home.front"), code=303)


@bp.get("/account")
def account() -> ResponseReturnValue:
    authorize(current_actor(), Action.ACCOUNT_EDIT)
    return render_template("accounts/account.html", form=ChangePasswordForm(), changed="changed" in request.args)


@bp.post("/account/password")
def change_password() -> ResponseReturnValue:
    actor = current_actor()
    authorize(actor, Action.ACCOUNT_EDIT)
    form, user = ChangePasswordForm(), queries.get_user(user_id(actor))
    old_hash = user.password_hash
    pause_transaction()  # see check_password
    if form.validate() and not passwords.is_right(form.password.data, old_hash):
        form.password.errors = [_("Dette er ikke passordet du har nå.")]
    if form.errors:
        return render_template("accounts/account.html", form=form, changed=False), 422
    password_hash = passwords.hash_password(form.new_password.data)
    commands.set_password(user=user, password_hash=password_hash, now=now(), actor_id=user.id)
    start(commands.start_session(user=user, now=now()))
    return redirect(url_for("accounts.account", changed=1), code=303)


@bp.post("/account/sign-out-everywhere")
def sign_out_everywhere() -> ResponseReturnValue:
    actor = current_actor()
    authorize(actor, Action.ACCOUNT_EDIT)
    commands.end_all_sessions(user=queries.get_user(user_id(actor)), now=now(), actor_id=actor.user_id)
    logout_user()
    session.clear()
    return redirect(url_for("accounts.sign_in"), code=303)


def _is_let_in(form: SignInForm) -> bool:
    """Whether the password is right; starts the session if so, else says why on the form."""
    email = form.email.data.strip().casefold()
    user = queries.find_user_by_email(email)
    password_hash = user.password_hash if user else None
    pause_transaction()  # hashing takes a tenth of a second: nobody else's save waits for it
    right = passwords.is_right(form.password.data, password_hash)
    if not commands.note_attempt(key=f"sign-in {token_hash(email)} {request.remote_addr}", now=now()):
        form.password.errors = [_("For mange forsøk. Vent et kvarter, og prøv igjen.")]
        return False
    if user is None or not right:
        form.password.errors = [_("E-posten eller passordet stemmer ikke. Prøv igjen.")]
        return False
    start(commands.start_session(user=user, now=now()))
    return True


def _continue(form: SignInForm) -> ResponseReturnValue:
    """Back to where the visitor was going; what they had typed waits there for one press."""
    target = local_path(form.next.data)
    if form.kept.data:
        return render_template("errors/resend.html", action=target, kept=read_kept(form.kept.data))
    return redirect(target, code=303)
