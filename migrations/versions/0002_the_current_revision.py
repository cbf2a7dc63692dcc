"""the current revision

A post refers to its current revision and each revision to its post: the second of the two keys waits until
both tables stand.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NAME = "fk_post_current_revision_id_revision"


def upgrade() -> None:
    with op.batch_alter_table("post") as batch:
        batch.create_foreign_key(NAME, "revision", ["current_revision_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("post") as batch:
        batch.drop_constraint(NAME, type_="foreignkey")
