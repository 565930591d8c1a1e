"""How the sender works inside: clock, gate (budgets), lanes (order), screens, verdicts, endings."""
