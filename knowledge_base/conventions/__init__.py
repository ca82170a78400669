"""Villages' conventions (hương ước, quy ước): versions in sections, imported, confirmed, and told to who asks."""
