"""What holds for all tests: how long property tests look, and that nobody's own cache is read or written.

Property tests have no deadline, and the same examples each time in CI.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "opmatch",
    deadline=None,
    max_examples=50,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("opmatch")

os.environ["OPMATCH_CACHE_DIR"] = "off"  # a test that is about the cache names a folder of its own
