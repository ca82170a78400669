"""Where a new case goes: place and field to office and person."""
