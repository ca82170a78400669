"""Procrastinate's tables, the wake-up of jobs that waited for a lock, and the index that keeps fetching quick."""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WAKE_LOCK_FOLLOWERS = """
create function wake_lock_followers() returns trigger language plpgsql as $$
declare news text := json_build_object('type', 'job_inserted', 'job_id', old.id);
begin
  perform pg_notify('procrastinate_queue_v1#' || old.queue_name, news);
  perform pg_notify('procrastinate_any_queue_v1', news);
  return null;
end $$;
create trigger wake_lock_followers after update of status on procrastinate_jobs for each row
  when (old.status = 'doing' and new.status <> 'doing' and old.lock is not null)
  execute function wake_lock_followers();
create trigger wake_lock_followers_of_deleted after delete on procrastinate_jobs for each row
  when (old.status = 'doing' and old.lock is not null)
  execute function wake_lock_followers();
create index our_lock_idx on procrastinate_jobs (lock, priority desc, id)
  where status in ('todo', 'doing') and lock is not null;
"""


def upgrade() -> None:
    cursor = op.get_bind().connection.cursor()
    cursor.execute(SchemaManager.get_schema())
    cursor.execute(WAKE_LOCK_FOLLOWERS)


def downgrade() -> None:
    raise NotImplementedError("jobs are needed by every revision")
