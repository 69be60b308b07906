import numpy as np
import pytest

from app.scene import text
from app.scene.text import drawable, text_mask


@pytest.fixture
def no_chinese_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "chinese_font", lambda: None)


def test_text_is_drawn_upright_on_its_baseline() -> None:
    mask, baseline = text_mask("L", 30)
    inked = mask > 128
    assert not inked[:baseline].any()
    # The foot of an L is wider than its top.
    assert inked[baseline + 1].sum() > 2 * inked[baseline + 15].sum() > 0


def test_longer_text_is_wider_and_larger_text_is_higher() -> None:
    assert text_mask("LI20", 12)[0].shape[1] > text_mask("LI", 12)[0].shape[1]
    assert text_mask("LI20", 24)[0].shape[0] > 1.7 * text_mask("LI20", 12)[0].shape[0]


def test_empty_text_has_no_columns() -> None:
    assert text_mask("", 12)[0].shape[1] == 0


@pytest.mark.usefixtures("no_chinese_font")
def test_without_a_font_the_code_is_enough() -> None:
    assert drawable("LI20 迎香") == "LI20"
    assert drawable("Yíngxiāng") == "Yíngxiang"
    assert text_mask("迎香", 12)[0].shape[1] == 0


def test_with_a_font_chinese_is_drawn() -> None:
    if text.chinese_font() is None:
        pytest.skip("this machine has no Chinese font that is known")
    assert drawable("LI20 迎香") == "LI20 迎香"
    one, other = text_mask("迎", 24)[0], text_mask("香", 24)[0]
    assert one.shape[1] >= 20
    assert (one > 128).mean() > 0.1
    # Not two empty boxes.
    assert one.shape != other.shape or not np.array_equal(one, other)
