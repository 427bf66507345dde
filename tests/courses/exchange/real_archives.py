"""Real courses of other platforms, beside the project; tests of them are skipped without."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="../shared with the real archives is absent"
)
