from __future__ import annotations

import re
from datetime import datetime, timedelta
from random import Random

from blogreview.db import db
from blogreview.demo import content
from blogreview.demo.class_commands import DemoClass, DemoTeam
from blogreview.domain import markup
from blogreview.domain.terms import SaveOutcome
from blogreview.models import (
    Answer,
    Assignment,
    DraftSave,
    Post,
    PostAuthor,
    Question,
    Reply,
    Revision,
    RevisionAnswer,
)
from blogreview.posts.images import rebuild
from blogreview.posts.media_commands import add_image
from blogreview.posts.media_queries import pictures_of

#: A picture beside the texts, as their Markdown names it.
PICTURE = re.compile(r"\]\(([\w-]+\.png) ")
#: Who has only a draft in the current assignment.
UNPUBLISHED = "granbar"


def add_post(
    *, assignment: Assignment, questions: list[Question], team: DemoTeam, text: content.PostText,
    published: datetime | None,
) -> Post:
    """The team's draft, frozen to its members, and a first revision if it was published."""
    post = Post(
        assignment_id=assignment.id, team_id=team.id, title=text.title, frozen_at=assignment.publish_by,
    )
    db.session.add(post)
    db.session.flush()
    db.session.add_all(PostAuthor(post_id=post.id, user_id=member) for member in team.members)
    text = _with_pictures(post, team, text, assignment.publish_by)
    _write(post, questions, team, text, published or assignment.publish_by)
    if published:
        _publish(post, questions, team, text, published)
    return post


def _with_pictures(post: Post, team: DemoTeam, text: content.PostText, now: datetime) -> content.PostText:
    """Upload the files the text names, and name them as an uploaded image is named."""
    answers = text.answers
    for name in sorted(set(PICTURE.findall(" ".join(answers)))):
        image = rebuild(content.picture(name))
        add_image(post_id=post.id, image=image, author_id=team.members[0], now=now)
        answers = tuple(answer.replace(f"]({name} ", f"](image:{image.hash} ") for answer in answers)
    return content.PostText(text.title, answers)


def _write(post: Post, questions: list[Question], team: DemoTeam, text: content.PostText, saved: datetime) -> None:
    """The draft, and the one save of it that its history begins with."""
    writer, answers = team.members[0], list(zip(questions, text.answers, strict=True))
    for question, body in answers:
        db.session.add(
            Answer(post_id=post.id, question_id=question.id, body=body, updated_by_id=writer, updated_at=saved)
        )
    for question_id, body in [(None, text.title), *((question.id, body) for question, body in answers)]:
        db.session.add(
            DraftSave(
                post_id=post.id, question_id=question_id, body=body, outcome=SaveOutcome.KEPT, saved_at=saved,
                saved_by_id=writer,
            )
        )


def _publish(
    post: Post, questions: list[Question], team: DemoTeam, text: content.PostText, published: datetime
) -> None:
    revision = Revision(
        post_id=post.id, number=1, title=text.title, words=sum(map(markup.word_count, text.answers)),
        published_at=published, published_by_id=team.members[-1],
        answers=[_rendered(post, question, body) for question, body in zip(questions, text.answers, strict=True)],
    )
    db.session.add(revision)
    db.session.flush()
    post.current_revision_id = revision.id


def _rendered(post: Post, question: Question, body: str) -> RevisionAnswer:
    # Our own text, known to be harmless: no need of the worker that can be killed.
    html = markup.render(body, pictures=pictures_of([post.id])[post.id], prefix=f"q{question.position}-")
    return RevisionAnswer(
        question_id=question.id, position=question.position, body=body, html=html,
        sanitiser_version=markup.SANITISER_VERSION,
    )


def add_replies(*, posts: dict[str, Post], klass: DemoClass, random: Random, since: datetime) -> None:
    """A conversation under a third of the posts, with an answer from the authors here and there."""
    turns, answers = (list(texts) for texts in content.replies())
    random.shuffle(turns)
    for slug in random.sample(sorted(posts), 8):
        for n in range(random.randint(1, 3)):
            author = random.choice([person for person in klass.students if person not in klass.team(slug).members])
            moment = since + timedelta(hours=random.randint(10, 60), minutes=13 * n)
            reply = _reply(posts[slug], author, turns.pop(), moment)
            if answers and random.random() < 0.5:
                authors = klass.team(slug).members
                _reply(posts[slug], random.choice(authors), answers.pop(), moment + timedelta(hours=3), reply.id)


def _reply(post: Post, author: int, text: str, moment: datetime, parent_id: int | None = None) -> Reply:
    reply = Reply(post_id=post.id, author_id=author, text=text, written_at=moment, parent_id=parent_id)
    db.session.add(reply)
    db.session.flush()
    return reply
