"""Nothing is stored yet; the version alone says that the schema is up to date."""

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tables come with the first thing worth keeping."""
