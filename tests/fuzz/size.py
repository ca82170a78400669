"""How much is tried: little in every test run, as much as ``make fuzz`` says otherwise."""

import os

SEED = os.environ.get("FUZZ_SEED", "1")
INPUTS = int(os.environ.get("FUZZ_INPUTS", "3000"))
"""For the parsers, in process."""
REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "150"))
"""For the handlers, in process, on a real database."""
SYSTEM_REQUESTS = int(os.environ.get("FUZZ_SYSTEM", "200"))
"""Through the running system."""
