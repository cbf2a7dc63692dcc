"""The schema: one graph, one package. Constraints and relations, no questions."""

from blogreview.models.assignment import Assignment, Extension, KeptApart, Question
from blogreview.models.audit import AuditEvent
from blogreview.models.course import Course, Membership, Team
from blogreview.models.grade import Grade, PostEstimate
from blogreview.models.post import (
    Answer,
    DraftSave,
    Media,
    MediaVariant,
    Post,
    PostAuthor,
    PostImage,
    Reply,
    Revision,
    RevisionAnswer,
)
from blogreview.models.review import Allocation, Comment, LostSave, Review, Score, Snapshot
from blogreview.models.rubric import Criterion, Descriptor, Level
from blogreview.models.user import AccessLink, Attempt, SignIn, User

__all__ = [
    "AccessLink", "Allocation", "Answer", "Assignment", "Attempt", "AuditEvent", "Comment", "Course", "Criterion",
    "Descriptor", "DraftSave", "Extension", "Grade", "KeptApart", "Level", "LostSave", "Media", "MediaVariant",
    "Membership", "Post", "PostAuthor", "PostEstimate", "PostImage", "Question", "Reply", "Review", "Revision",
    "RevisionAnswer", "Score", "SignIn", "Snapshot", "Team", "User",
]
