"""Places, roles, dates, sums, funds and case codes in held-out sentences, accented and stripped."""
