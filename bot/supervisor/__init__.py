"""One machine, one command: the embedded PostgreSQL, the first start, and the processes that are kept alive."""
