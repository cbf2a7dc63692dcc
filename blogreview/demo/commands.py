"""The demo course: an earlier assignment whose feedback has just opened, and one most have reviewed."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from blogreview.assignments.rubric_commands import add_default_rubric
from blogreview.assignments.rubric_queries import rubric_of
from blogreview.db import db
from blogreview.demo import content, queries
from blogreview.demo.class_commands import DemoClass, add_class
from blogreview.demo.content import CURRENT, EARLIER, Remark
from blogreview.demo.grade_commands import add_grades
from blogreview.demo.post_commands import UNPUBLISHED, add_post, add_replies
from blogreview.demo.review_commands import add_review, fill_reviews
from blogreview.domain.allocation import ALLOCATION_VERSION, Card, Reader, deal
from blogreview.domain.terms import AllocationSource, CommentKind
from blogreview.models import Allocation, Assignment, Post, Question

SEED = 2104
REVIEWS_EACH = 3
TITLES = {
    EARLIER: "Kundedialog i sosiale medier: hvorfor, og hvordan?",
    CURRENT: "Strategi for sosiale medier: hvorfor, og hva?",
}
QUESTIONS = {
    EARLIER: (
        "Hvorfor bør en virksomhet svare kundene i sosiale medier?",
        "Hva bør en god plan for kundedialog inneholde?",
    ),
    CURRENT: (
        "Hvorfor trenger en virksomhet en strategi for sosiale medier?",
        "Hva bør en god strategi inneholde?",
    ),
}
INTRODUCTION = (
    "Velg en virksomhet dere kjenner, og svar på begge spørsmålene i ett blogginnlegg. "
    "Skriv for noen som skal bruke rådene i morgen."
)
#: Days from today to the deadlines to publish, review, improve and announce grades.
DAYS = {EARLIER: (-16, -1, 8, 22), CURRENT: (-9, 5, 12, 26)}
#: How many of a team's readers have not sent their review of the current assignment.
MISSING = {"ullteppe": 5, "torsdag": 2, "havorn": 1, "makrell": 1}
#: Maja's last review, begun: what she has written so far, and no level for the examples.
MAJA, HER_LAST = "maja.kowalska@stud.fjordvik.example", "skumring"
HER_LEVELS = {"goals": 3, "guidelines": 4, "positioning": 3}
HER_REMARKS = (
    Remark("goals", CommentKind.STRENGTH, "Varslene kan telles, og dere sier hvordan."),
    Remark("goals", CommentKind.CHANGE, "«Mer synlige» kan ikke etterprøves. Bytt det med et tall."),
    Remark("guidelines", CommentKind.STRENGTH, "Én side er til å leve med."),
    Remark("guidelines", CommentKind.CHANGE, "Vis ett ferdig svar, så tror jeg på tonen."),
    Remark("examples", CommentKind.STRENGTH, "Busselskapet er godt valgt."),
    Remark("examples", CommentKind.CHANGE, "Si hvilket selskap det er, ellers kan jeg ikke sjekke det."),
    Remark("positioning", CommentKind.STRENGTH, "At konkurrenten er bilen, gjør resten av teksten lett å følge."),
    Remark("positioning", CommentKind.CHANGE, "Det stopper brått. «Kjenner fjorden best» kan hvem som helst si."),
)


def fill_demo(*, now: datetime) -> None:
    """Fill an empty database; the same content every time, its dates around ``now``. No estimates: the worker's."""
    klass = add_class(now=now - timedelta(days=60))
    for number, folder in enumerate((EARLIER, CURRENT), 1):
        _fill_assignment(klass, folder, number, now)


def empty_database() -> None:
    queries.delete_everything()


def _fill_assignment(klass: DemoClass, folder: str, number: int, now: datetime) -> None:
    random = Random(SEED + number)
    assignment, questions = _add_assignment(klass, folder, number, now)
    criteria = {criterion.key: criterion.id for criterion in rubric_of(assignment.id).criteria if criterion.key}
    posts = _add_posts(klass, assignment, questions, folder, random)
    pairs = _deal(klass, assignment, posts, number)
    sent = _sent(klass, pairs, folder, random)
    begun = assignment.publish_by + timedelta(hours=10)
    ended = min(assignment.review_by, now) - timedelta(hours=3)
    fill_reviews(
        assignment=assignment, folder=folder, posts=posts, pairs=sent, criteria=criteria, random=random, begun=begun,
        ended=ended,
    )
    assignment.score_version = len(sent)
    add_replies(posts=posts, klass=klass, random=random, since=begun)
    if folder == CURRENT:
        _begin_majas_last(assignment, posts, criteria, now)
        add_grades(posts=posts, teacher=klass.teacher, now=now)


def _add_assignment(klass: DemoClass, folder: str, number: int, now: datetime) -> tuple[Assignment, list[Question]]:
    publish, review, improve, grades = (_evening(now, days) for days in DAYS[folder])
    assignment = Assignment(
        course_id=klass.course.id, number=number, title=TITLES[folder], introduction=INTRODUCTION,
        publish_by=publish, review_by=review, improve_by=improve, grades_by=grades,
        opened_at=publish - timedelta(days=14), dealt_at=publish, deal_seed=SEED, deal_version=ALLOCATION_VERSION,
    )
    db.session.add(assignment)
    db.session.flush()
    questions = [
        Question(assignment_id=assignment.id, position=n, text=text) for n, text in enumerate(QUESTIONS[folder], 1)
    ]
    db.session.add_all(questions)
    add_default_rubric(assignment_id=assignment.id)
    db.session.flush()
    return assignment, questions


def _evening(now: datetime, days: int) -> datetime:
    """23.59 that many days from now, by the wall clock in Norway."""
    local = now.astimezone(ZoneInfo("Europe/Oslo")) + timedelta(days=days)
    return local.replace(hour=23, minute=59, second=0, microsecond=0)


def _add_posts(
    klass: DemoClass, assignment: Assignment, questions: list[Question], folder: str, random: Random
) -> dict[str, Post]:
    """Every team's post, by slug; the one that is only a draft is left out of the answer."""
    posts = {}
    for team in klass.teams:
        drafted = folder == CURRENT and team.slug == UNPUBLISHED
        published = None if drafted else assignment.publish_by - timedelta(minutes=random.randint(20, 4000))
        text = content.post_text(folder, team.slug)
        post = add_post(assignment=assignment, questions=questions, team=team, text=text, published=published)
        if published:
            posts[team.slug] = post
    return posts


def _deal(klass: DemoClass, assignment: Assignment, posts: dict[str, Post], number: int) -> list[tuple[int, str]]:
    """Who reviews what, as the algorithm deals it; Maja is sure to have the post the demo tells of."""
    readers = [
        Reader(person, team.id, REVIEWS_EACH) for team in klass.teams if team.slug in posts for person in team.members
    ]
    slugs = {post.id: slug for slug, post in posts.items()}
    dealt = deal([Card(post.id, post.team_id) for post in posts.values()], readers, seed=SEED + number)
    pairs = [(reader, slugs[post]) for reader, post in dealt.pairs]
    pairs = _with_majas_last(pairs, klass) if number == 2 else pairs
    numbers = {slug: _shuffled_numbers(pairs, slug, number) for slug in posts}
    db.session.add_all(
        Allocation(
            post_id=posts[slug].id, reviewer_id=reader, reader_number=numbers[slug].pop(),
            source=AllocationSource.DEAL, created_at=assignment.publish_by,
        )
        for reader, slug in pairs
    )
    return pairs


def _shuffled_numbers(pairs: list[tuple[int, str]], slug: str, number: int) -> list[int]:
    numbers = list(range(1, 1 + sum(one == slug for _, one in pairs)))
    Random(f"{SEED} {number} {slug}").shuffle(numbers)
    return numbers


def _with_majas_last(pairs: list[tuple[int, str]], klass: DemoClass) -> list[tuple[int, str]]:
    """Swap two reviews, if needed, so that Maja has it: loads stay as they were."""
    maja = queries.get_person(MAJA).id
    hers = {slug for reader, slug in pairs if reader == maja}
    if HER_LAST in hers:
        return pairs
    given = min(hers)
    other = next(
        reader for reader, slug in pairs
        if slug == HER_LAST and (reader, given) not in pairs and klass.team_of(reader).slug != given
    )
    swapped = {(maja, given): (maja, HER_LAST), (other, HER_LAST): (other, given)}
    return [swapped.get(pair, pair) for pair in pairs]


def _sent(klass: DemoClass, pairs: list[tuple[int, str]], folder: str, random: Random) -> list[tuple[int, str]]:
    """The pairs whose review has been sent, in the order they came."""
    maja = queries.get_person(MAJA).id
    sent = list(pairs)
    random.shuffle(sent)
    if folder == EARLIER:
        return sent[:-8]
    sent.remove((maja, HER_LAST))
    for slug, missing in MISSING.items():
        for pair in [pair for pair in sent if pair[1] == slug and pair[0] != maja][:missing]:
            sent.remove(pair)
    return sent


def _begin_majas_last(assignment: Assignment, posts: dict[str, Post], criteria: dict[str, int], now: datetime) -> None:
    add_review(
        assignment=assignment, post=posts[HER_LAST], reader=queries.get_person(MAJA).id, levels=HER_LEVELS,
        remarks=HER_REMARKS, criteria=criteria, saved=now - timedelta(hours=14), submitted=False,
    )
