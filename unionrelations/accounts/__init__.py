"""Us: our unions, their succession, their officers, and the people who sign in. Never knows whom we meet."""
