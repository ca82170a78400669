"""The whole road over HTTP: how long a resident waits, how much one machine answers, what an answer costs."""
