"""What holds for all tests: how long property tests look, and that nobody's own cache is read or written.

Property tests have no deadline, and the same examples each time in CI.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

from hypothesis import HealthCheck, settings

settings.register_profile(
    "opmatch",
    deadline=None,
    max_examples=25,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("opmatch")

# A folder of this process's own, so that what a test starts doesn't make everything anew. A test that is
# about the cache names another.
_CACHE = tempfile.mkdtemp(prefix="opmatch-tests-")
atexit.register(shutil.rmtree, _CACHE, ignore_errors=True)
os.environ["OPMATCH_CACHE_DIR"] = _CACHE
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # tests run on every core already
