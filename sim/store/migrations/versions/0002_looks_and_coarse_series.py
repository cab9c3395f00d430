"""Looks at unfinished studies have a place, and a series may have a value every few months."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of looks; say of every series stored so far that it misses no month."""
    op.create_table(
        "look",
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("arm_a", sa.String(), nullable=False),
        sa.Column("arm_b", sa.String(), nullable=False),
        sa.Column("worlds", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mean", sa.Double(), nullable=True),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("p_value", sa.Double(), nullable=True),
        sa.Column("level", sa.Double(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.CheckConstraint("decision IN ('continue', 'stop')", name=op.f("ck_look_decision")),
        sa.ForeignKeyConstraint(["metric"], ["metric.name"], name=op.f("fk_look_metric_metric")),
        sa.PrimaryKeyConstraint(
            "study", "scenario", "metric", "arm_a", "arm_b", "worlds", name=op.f("pk_look")
        ),
    )
    op.add_column("series", sa.Column("every_months", sa.Integer(), server_default="1", nullable=False))
