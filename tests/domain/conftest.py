"""The built-in library, read once."""

import pytest

from app.domain.builtin import load_library
from app.domain.library import Library


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()
