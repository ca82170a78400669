"""What becomes of every text column when a resident has their data erased. A new column needs a line here."""

ERASED = {
    "messages": "text body prepared",
    "media": "reference name digest original_key shown_key thumbnail_key",
    "raw_events": "payload",
    "buttons": "label entities facts intent token",
    "gaps": "text kind topic",
    "sealed_holds": "text payload origin",
    "notices": "payload",
    "bookings": "matter",
    "cases": "place description title",
    "case_entries": "note salt",
    "case_ratings": "comment",
    "field_corrections": "text suggested field",
    "publications": "title question answer terms",
}
"""Words of residents, or of replies that may quote them: gone after an erasure (a case's with the case)."""

KEPT = {
    "messages": "sender kind client_id platform_id state",
    "raw_events": "channel external_id",
    "notices": "kind state tried",
    "bookings": "code token cancelled_by",
    "blocks": "reason",
    "cases": "code kind field state outcome refusal competent visibility consent_version consent_channel",
    "case_clock_moves": "reason",
    "case_warnings": "kind",
    "case_clocks": "level measure unit basis end",
    "case_entries": "actor act reason from_state to_state outcome digest chain",
    "case_reporters": "part visibility",
    "channel_states": "channel reason detail",
    "conversations": "channel external_user owner handover_reason unreachable_why",
    "data_files": "digest",
    "erasures": "open_cases",
    "errands": "form",
    "guidance_given": "kind",
    "link_codes": "digest",
    "media": "kind state reason media_type hidden_as",
    "notice_refusals": "kind",
    "outbox": "channel state reason detail",
    "zalo_grants": "app_id oa_id broken_why",
    "outbox_pieces": "state digest platform_id",
    "paces": "key",
    "publications": "field state withdrawn_why",
    "rate_counters": "key",
    "secret_tries": "code asker key",  # pragma: allowlist secret
    "web_store": "namespace key",
}
"""Stays, and says nothing: codes, states, digests; and the address a platform gave somebody, to reach them."""

OF_THE_OFFICE = frozenset(
    "answers communes facts knowledge_version provinces shipped_edits answer_facts answer_ways former_places offices "
    "villages officials receptions conventions reception_days convention_sections recordings data_requests "
    "calendar_changes province_limits office_weeks office_digests routes originals_opened sealing_records".split()
)
"""Tables that hold what offices wrote; no resident's words."""
