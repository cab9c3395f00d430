"""The first tables: runs, who asked for them, and what they produced."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "arm",
        sa.Column("hash", sa.String(length=32), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_arm")),
    )
    op.create_table(
        "metric",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_metric")),
    )
    op.create_table(
        "parameter",
        sa.Column("hash", sa.String(length=32), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_parameter")),
    )
    op.create_table(
        "provenance",
        sa.Column("hash", sa.String(length=32), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_provenance")),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("assignment", sa.String(), nullable=False),
        sa.Column("replicate", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("model_version", sa.String(), nullable=False),
        sa.Column("parameters_hash", sa.String(length=32), nullable=False),
        sa.Column("arm_hash", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("registered_utc", sa.DateTime(), nullable=False),
        sa.Column("finished_utc", sa.DateTime(), nullable=True),
        sa.Column("provenance_hash", sa.String(length=32), nullable=True),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("error_type", sa.String(), nullable=True),
        sa.Column("traceback", sa.Text(), nullable=True),
        sa.CheckConstraint("status IN ('registered', 'done', 'failed')", name=op.f("ck_run_status")),
        sa.ForeignKeyConstraint(
            ["parameters_hash"], ["parameter.hash"], name=op.f("fk_run_parameters_hash_parameter")
        ),
        sa.ForeignKeyConstraint(["arm_hash"], ["arm.hash"], name=op.f("fk_run_arm_hash_arm")),
        sa.ForeignKeyConstraint(
            ["provenance_hash"], ["provenance.hash"], name=op.f("fk_run_provenance_hash_provenance")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_table(
        "event",
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_event_run_id_run")),
        sa.PrimaryKeyConstraint("run_id", "position", name=op.f("pk_event")),
    )
    op.create_table(
        "scalar",
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_scalar_run_id_run")),
        sa.ForeignKeyConstraint(["metric"], ["metric.name"], name=op.f("fk_scalar_metric_metric")),
        sa.PrimaryKeyConstraint("run_id", "metric", name=op.f("pk_scalar")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "series",
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("codec", sa.String(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_series_run_id_run")),
        sa.ForeignKeyConstraint(["metric"], ["metric.name"], name=op.f("fk_series_metric_metric")),
        sa.PrimaryKeyConstraint("run_id", "metric", name=op.f("pk_series")),
    )
    op.create_table(
        "study_run",
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("arm", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_study_run_run_id_run")),
        sa.PrimaryKeyConstraint("study", "scenario", "arm", "run_id", name=op.f("pk_study_run")),
    )
    op.create_index(op.f("ix_study_run_run_id"), "study_run", ["run_id"])
