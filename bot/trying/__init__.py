"""`vestka try`: the whole way of a report in one terminal. Real engine, sealing and database; no account."""
