"""What becomes of every text column when a resident has their data erased. A new column needs a line here."""

ERASED = {
    "messages": "text body prepared",
    "raw_events": "payload",
    "buttons": "label entities facts intent token",
    "gaps": "text kind topic",
    "sealed_holds": "text payload origin",
    "notices": "payload",
    "bookings": "matter",
    "cases": "place description",
    "case_entries": "note salt",
}
"""Words of residents, or of replies that may quote them: gone after an erasure (a case's with the case)."""

KEPT = {
    "messages": "sender kind client_id state",
    "raw_events": "channel external_id",
    "notices": "kind state tried",
    "bookings": "code token cancelled_by",
    "cases": "code kind field state outcome visibility consent_version consent_channel",
    "case_entries": "actor from_state to_state outcome digest chain",
    "conversations": "channel external_user owner handover_reason",
    "data_files": "digest",
    "erasures": "open_cases",
    "errands": "form",
    "guidance_given": "kind",
    "link_codes": "digest",
    "notice_refusals": "kind",
    "outbox": "channel state",
    "rate_counters": "key",
    "web_store": "namespace key",
}
"""Stays, and says nothing: codes, states, digests; and the address a platform gave somebody, to reach them."""

OF_THE_OFFICE = frozenset(
    "answers communes facts knowledge_version provinces shipped_edits answer_facts answer_ways former_places offices "
    "villages officials receptions conventions reception_days convention_sections recordings data_requests".split()
)
"""Tables that hold what offices wrote; no resident's words."""
