"""What Alembic runs around every migration.

The program hands over its own connection, already in a transaction. By hand, from the repository's root:
`alembic -x store=results.sqlite check`.
"""

from alembic import context
from sqlalchemy import Connection

from sim.store.engine import connect, transaction
from sim.store.tables import METADATA


def migrate(connection: Connection) -> None:
    """Run the migrations that were asked for."""
    context.configure(connection, target_metadata=METADATA, render_as_batch=True)
    context.run_migrations()


if "connection" in context.config.attributes:
    migrate(context.config.attributes["connection"])
else:
    place = context.get_x_argument(as_dictionary=True)["store"]
    with transaction(connect(place, create=True, read_only=False), writes=True) as opened:
        migrate(opened)
