"""The first tables"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


HISTORY_IS_APPEND_ONLY = """
create function case_entries_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.note is null and new.salt is null
     and to_jsonb(new) - 'note' - 'salt' = to_jsonb(old) - 'note' - 'salt' then
    return new;
  end if;
  raise exception 'case_entries is append-only: only note and salt may be erased';
end $$;
create trigger case_entries_append_only before update or delete on case_entries
  for each row execute function case_entries_append_only();
"""


def upgrade() -> None:
    op.create_table('answers',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('topic', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('more', sa.String(), nullable=True),
    sa.Column('scope', sa.String(), nullable=False),
    sa.Column('changed', sa.Boolean(), nullable=False),
    sa.Column('edited_by_official', sa.Boolean(), nullable=False),
    sa.Column('content_hash', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answers'))
    )
    op.create_index(op.f('ix_answers_topic'), 'answers', ['topic'], unique=False)
    op.create_table('communes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('folded', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_communes')),
    sa.UniqueConstraint('slug', name=op.f('uq_communes_slug'))
    )
    op.create_index(op.f('ix_communes_folded'), 'communes', ['folded'], unique=False)
    op.create_table('conventions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('village_slug', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('adopted_on', sa.Date(), nullable=True),
    sa.Column('recognised_on', sa.Date(), nullable=True),
    sa.Column('recognised_by_office', sa.String(), nullable=True),
    sa.Column('sample', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conventions')),
    sa.UniqueConstraint('village_slug', 'version', name=op.f('uq_conventions_village_slug_version'))
    )
    op.create_table('facts',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('standing', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('citations', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('in_force_from', sa.Date(), nullable=True),
    sa.Column('in_force_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('edited_by_official', sa.Boolean(), nullable=False),
    sa.Column('content_hash', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_facts'))
    )
    op.create_table('knowledge_version',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('stamp', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_knowledge_version'))
    )
    op.create_table('provinces',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sample', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_provinces'))
    )
    op.create_table('rate_counters',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_rate_counters')),
    prefixes=['UNLOGGED']
    )
    op.create_index(op.f('ix_rate_counters_expires_at'), 'rate_counters', ['expires_at'], unique=False)
    op.create_table('shipped_edits',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('item_id', sa.String(), nullable=False),
    sa.Column('content_hash', sa.String(), nullable=False),
    sa.Column('shipped', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('reviewed', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shipped_edits')),
    sa.UniqueConstraint('kind', 'item_id', name=op.f('uq_shipped_edits_kind_item_id'))
    )
    op.create_table('web_store',
    sa.Column('namespace', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('value', sa.LargeBinary(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('namespace', 'key', name=op.f('pk_web_store')),
    prefixes=['UNLOGGED']
    )
    op.create_index(op.f('ix_web_store_expires_at'), 'web_store', ['expires_at'], unique=False)
    op.create_table('answer_facts',
    sa.Column('answer_id', sa.String(), nullable=False),
    sa.Column('fact_id', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['answers.id'], name=op.f('fk_answer_facts_answer_id_answers'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['fact_id'], ['facts.id'], name=op.f('fk_answer_facts_fact_id_facts')),
    sa.PrimaryKeyConstraint('answer_id', 'fact_id', name=op.f('pk_answer_facts'))
    )
    op.create_index(op.f('ix_answer_facts_fact_id'), 'answer_facts', ['fact_id'], unique=False)
    op.create_table('answer_ways',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('answer_id', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('approved', sa.Boolean(), nullable=False),
    sa.Column('shipped', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['answers.id'], name=op.f('fk_answer_ways_answer_id_answers'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_ways')),
    sa.UniqueConstraint('answer_id', 'text', name=op.f('uq_answer_ways_answer_id_text'))
    )
    op.create_table('convention_sections',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('convention_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('heading', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['convention_id'], ['conventions.id'], name=op.f('fk_convention_sections_convention_id_conventions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_convention_sections')),
    sa.UniqueConstraint('convention_id', 'position', name=op.f('uq_convention_sections_convention_id_position'))
    )
    op.create_table('guidance_given',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=False),
    sa.Column('commune_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['commune_id'], ['communes.id'], name=op.f('fk_guidance_given_commune_id_communes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guidance_given')),
    sa.UniqueConstraint('message_id', name=op.f('uq_guidance_given_message_id'))
    )
    op.create_index(op.f('ix_guidance_given_at'), 'guidance_given', ['at'], unique=False)
    op.create_table('offices',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('level', sa.String(), nullable=False),
    sa.Column('commune_id', sa.Integer(), nullable=True),
    sa.Column('coordinates', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['commune_id'], ['communes.id'], name=op.f('fk_offices_commune_id_communes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offices')),
    sa.UniqueConstraint('slug', name=op.f('uq_offices_slug'))
    )
    op.create_index(op.f('ix_offices_commune_id'), 'offices', ['commune_id'], unique=False)
    op.create_table('villages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('commune_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('folded', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['commune_id'], ['communes.id'], name=op.f('fk_villages_commune_id_communes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_villages')),
    sa.UniqueConstraint('slug', name=op.f('uq_villages_slug'))
    )
    op.create_index(op.f('ix_villages_commune_id'), 'villages', ['commune_id'], unique=False)
    op.create_index(op.f('ix_villages_folded'), 'villages', ['folded'], unique=False)
    op.create_table('officials',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('username', sa.String(), nullable=False),
    sa.Column('password_hash', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['office_id'], ['offices.id'], name=op.f('fk_officials_office_id_offices')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_officials')),
    sa.UniqueConstraint('username', name=op.f('uq_officials_username'))
    )
    op.create_index(op.f('ix_officials_office_id'), 'officials', ['office_id'], unique=False)
    op.create_table('receptions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('commune_id', sa.Integer(), nullable=True),
    sa.Column('village_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('host', sa.String(), nullable=False),
    sa.Column('days_of_month', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=True),
    sa.Column('on_date', sa.Date(), nullable=True),
    sa.Column('from_time', sa.Time(), nullable=False),
    sa.Column('to_time', sa.Time(), nullable=False),
    sa.Column('venue', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=True),
    sa.Column('sample', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['commune_id'], ['communes.id'], name=op.f('fk_receptions_commune_id_communes')),
    sa.ForeignKeyConstraint(['village_id'], ['villages.id'], name=op.f('fk_receptions_village_id_villages')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_receptions')),
    sa.UniqueConstraint('slug', name=op.f('uq_receptions_slug'))
    )
    op.create_index(op.f('ix_receptions_commune_id'), 'receptions', ['commune_id'], unique=False)
    op.create_index(op.f('ix_receptions_village_id'), 'receptions', ['village_id'], unique=False)
    op.create_table('conversations',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('external_user', sa.String(), nullable=False),
    sa.Column('owner', sa.String(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=True),
    sa.Column('taken_by', sa.Integer(), nullable=True),
    sa.Column('handover_message_id', sa.BigInteger(), nullable=True),
    sa.Column('handover_reason', sa.String(), nullable=True),
    sa.Column('waiting_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('commune_id', sa.Integer(), nullable=True),
    sa.Column('misunderstood', sa.Integer(), nullable=False),
    sa.Column('told_privacy', sa.Boolean(), nullable=False),
    sa.Column('errand_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['commune_id'], ['communes.id'], name=op.f('fk_conversations_commune_id_communes')),
    sa.ForeignKeyConstraint(['office_id'], ['offices.id'], name=op.f('fk_conversations_office_id_offices')),
    sa.ForeignKeyConstraint(['taken_by'], ['officials.id'], name=op.f('fk_conversations_taken_by_officials')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conversations')),
    sa.UniqueConstraint('channel', 'external_user', name=op.f('uq_conversations_channel_external_user'))
    )
    op.create_index(op.f('ix_conversations_office_id'), 'conversations', ['office_id'], unique=False)
    op.create_index(op.f('ix_conversations_waiting_since'), 'conversations', ['waiting_since'], unique=False)
    op.create_table('cases',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('field', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=True),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('commune_id', sa.Integer(), nullable=True),
    sa.Column('village_id', sa.Integer(), nullable=True),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('description', sa.String(), nullable=False),
    sa.Column('visibility', sa.String(), nullable=False),
    sa.Column('conversation_id', sa.Uuid(), nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=False),
    sa.Column('consent_version', sa.String(), nullable=False),
    sa.Column('consent_channel', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['commune_id'], ['communes.id'], name=op.f('fk_cases_commune_id_communes')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_cases_conversation_id_conversations')),
    sa.ForeignKeyConstraint(['office_id'], ['offices.id'], name=op.f('fk_cases_office_id_offices')),
    sa.ForeignKeyConstraint(['village_id'], ['villages.id'], name=op.f('fk_cases_village_id_villages')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cases')),
    sa.UniqueConstraint('code', name=op.f('uq_cases_code')),
    sa.UniqueConstraint('message_id', name=op.f('uq_cases_message_id'))
    )
    op.create_index(op.f('ix_cases_commune_id'), 'cases', ['commune_id'], unique=False)
    op.create_index(op.f('ix_cases_conversation_id'), 'cases', ['conversation_id'], unique=False)
    op.create_index(op.f('ix_cases_created_at'), 'cases', ['created_at'], unique=False)
    op.create_index(op.f('ix_cases_field'), 'cases', ['field'], unique=False)
    op.create_index(op.f('ix_cases_office_id'), 'cases', ['office_id'], unique=False)
    op.create_index(op.f('ix_cases_state'), 'cases', ['state'], unique=False)
    op.create_table('data_requests',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('conversation_id', sa.Uuid(), nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_data_requests_conversation_id_conversations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_requests')),
    sa.UniqueConstraint('message_id', name=op.f('uq_data_requests_message_id'))
    )
    op.create_index(op.f('ix_data_requests_conversation_id'), 'data_requests', ['conversation_id'], unique=False)
    op.create_table('errands',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('conversation_id', sa.Uuid(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('messages', sa.Integer(), nullable=False),
    sa.Column('form', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_errands_conversation_id_conversations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_errands'))
    )
    op.create_index(op.f('ix_errands_conversation_id'), 'errands', ['conversation_id'], unique=False)
    op.create_table('messages',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('conversation_id', sa.Uuid(), nullable=False),
    sa.Column('sender', sa.String(), nullable=False),
    sa.Column('official_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.String(), nullable=True),
    sa.Column('kind', sa.String(), nullable=True),
    sa.Column('body', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('client_id', sa.String(), nullable=True),
    sa.Column('in_reply_to', sa.BigInteger(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('errand_id', sa.Uuid(), nullable=True),
    sa.Column('tracker_mark', sa.BigInteger(), nullable=True),
    sa.Column('prepared', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.Column('sealed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_messages_conversation_id_conversations')),
    sa.ForeignKeyConstraint(['official_id'], ['officials.id'], name=op.f('fk_messages_official_id_officials')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_messages'))
    )
    op.create_index('ix_messages_conversation_id_id', 'messages', ['conversation_id', 'id'], unique=False)
    op.create_index(op.f('ix_messages_in_reply_to'), 'messages', ['in_reply_to'], unique=False)
    op.create_index('ix_messages_queued', 'messages', ['conversation_id', 'id'], unique=False, postgresql_where=sa.text("state = 'queued'"))
    op.create_table('raw_events',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('external_id', sa.String(), nullable=False),
    sa.Column('conversation_id', sa.Uuid(), nullable=False),
    sa.Column('payload', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_raw_events_conversation_id_conversations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_raw_events')),
    sa.UniqueConstraint('channel', 'external_id', name=op.f('uq_raw_events_channel_external_id'))
    )
    op.create_index(op.f('ix_raw_events_conversation_id'), 'raw_events', ['conversation_id'], unique=False)
    op.create_index(op.f('ix_raw_events_received_at'), 'raw_events', ['received_at'], unique=False)
    op.create_table('buttons',
    sa.Column('token', sa.String(), nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=False),
    sa.Column('conversation_id', sa.Uuid(), nullable=False),
    sa.Column('errand_id', sa.Uuid(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('intent', sa.String(), nullable=False),
    sa.Column('entities', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('facts', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_buttons_conversation_id_conversations')),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_buttons_message_id_messages'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token', name=op.f('pk_buttons'))
    )
    op.create_index(op.f('ix_buttons_message_id'), 'buttons', ['message_id'], unique=False)
    op.create_table('case_entries',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor', sa.String(), nullable=False),
    sa.Column('from_state', sa.String(), nullable=True),
    sa.Column('to_state', sa.String(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('salt', sa.String(), nullable=True),
    sa.Column('shown', sa.Boolean(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('chain', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_entries_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_entries')),
    sa.UniqueConstraint('case_id', 'number', name=op.f('uq_case_entries_case_id_number'))
    )
    op.create_table('outbox',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=False),
    sa.Column('conversation_id', sa.Uuid(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_outbox_conversation_id_conversations')),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_outbox_message_id_messages'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sa.UniqueConstraint('message_id', name=op.f('uq_outbox_message_id'))
    )
    op.create_index(op.f('ix_outbox_conversation_id'), 'outbox', ['conversation_id'], unique=False)
    op.create_table('sealed_holds',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=False),
    sa.Column('conversation_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('payload', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('origin', sa.String(), nullable=False),
    sa.Column('sealed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_sealed_holds_conversation_id_conversations')),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_sealed_holds_message_id_messages')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sealed_holds')),
    sa.UniqueConstraint('message_id', name=op.f('uq_sealed_holds_message_id'))
    )
    op.create_index(op.f('ix_sealed_holds_conversation_id'), 'sealed_holds', ['conversation_id'], unique=False)
    op.create_index(op.f('ix_sealed_holds_sealed_at'), 'sealed_holds', ['sealed_at'], unique=False)
    op.execute(HISTORY_IS_APPEND_ONLY)


def downgrade() -> None:
    raise NotImplementedError("the first revision has nothing before it")
