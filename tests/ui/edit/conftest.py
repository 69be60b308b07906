"""A window in Edit with hands on it."""

from collections.abc import Iterator

import pytest

from tests.ui.conftest import MakeWindow
from tests.ui.edit.hands import Hands


@pytest.fixture
def hands(make_window: MakeWindow) -> Iterator[Hands]:
    hands = Hands(make_window())
    yield hands
    hands.finish()
