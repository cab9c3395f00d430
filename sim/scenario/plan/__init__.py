"""A plan: a firm in countable terms, projects with quotes, a goal, and what the owner is unsure about."""
