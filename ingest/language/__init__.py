"""Words, names, countries, quantities, dates and quotations of English text, found by rules; no model, no download."""
