"""The style sheet: what the palette alone cannot say. Widgets name their part in it by the property `role`."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.theme import Theme

_SHEET = Template("""
QMainWindow, QDialog { background: $window; }
QWidget { color: $text; dialogbuttonbox-buttons-have-icons: 0; }
QToolTip { background: $field; color: $text; border: 1px solid $border; padding: 6px 8px; }

QMenuBar { background: $window; padding: 2px 6px; }
QMenuBar::item { padding: 5px 10px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $panel; border: 1px solid $border; padding: 6px; }
QMenu::item { padding: 6px 28px 6px 26px; border-radius: 6px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $border; margin: 6px 8px; }
QMenu::indicator { width: 14px; height: 14px; left: 7px; }

QFrame[role="bar"] { background: $window; border: none; }
QFrame[role="panel"], QWidget[role="panel"] { background: $panel; border: none; }
QFrame[role="rule"] { background: $border; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="card"] { background: $panel; border: 1px solid $border; border-radius: 10px; }
QFrame[role="caution"] { background: $warning_soft; border: none; border-radius: 8px; }
QFrame[role="caution"] QLabel { color: $warning; }
QFrame[role="note"] { background: $hover; border: none; border-radius: 8px; }

QLabel[role="display"] { font-size: ${display}px; font-weight: 600; }
QLabel[role="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[role="large"] { font-size: ${large}px; }
QLabel[role="heading"] { font-size: ${small}px; font-weight: 600; color: $muted; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: ${small}px; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="caution"] { color: $warning; }
QLabel[role="chip"] { background: $field; border: 1px solid $border; border-radius: 6px; padding: 2px 7px;
  font-size: ${small}px; color: $muted; }
QLabel[role="badge"] { background: $accent_soft; color: $accent; border-radius: 5px; padding: 2px 7px;
  font-size: ${small}px; font-weight: 600; }

QLineEdit { background: $field; border: 1px solid $border; border-radius: 8px; padding: 0 10px; min-height: ${line}px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus { border: 1px solid $accent; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { background: $hover; color: $muted; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 8px; padding: 5px; }
QToolButton:hover { background: $hover_bar; }
QToolButton:pressed { background: $border; }
QToolButton:checked { background: $accent_soft; color: $accent; }
QToolButton:focus { border: 1px solid $accent; }
QToolButton[role="small"] { font-size: ${small}px; padding: 2px 4px; border-radius: 5px; }
QToolButton::menu-indicator { image: none; }

QPushButton { background: $field; border: 1px solid $border; border-radius: 8px; padding: ${pad}px 14px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $border; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton:default { background: $accent; color: $on_accent; border: 1px solid $accent; }
QPushButton:disabled, QPushButton:default:disabled { background: $hover; color: $muted; border: 1px solid $border; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: $accent; padding: 3px 6px;
  border-radius: 6px; }
QPushButton[role="link"]:hover { background: $hover; }
QPushButton[role="link"]:focus { border: 1px solid $accent; }
QPushButton[role="link"]:disabled { background: transparent; color: $muted; border: 1px solid transparent; }

QPushButton[role="inset"] { background: transparent; border: 1px solid $muted; border-radius: 0; color: $text;
  text-align: left bottom; padding: 4px 8px; font-size: ${small}px; }
QPushButton[role="inset"]:hover, QPushButton[role="inset"]:focus { border: 2px solid $accent; background: transparent; }

QComboBox { background: $field; border: 1px solid $border; border-radius: 8px; padding: ${pad}px 10px; }
QComboBox:focus { border: 1px solid $accent; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $border; padding: 4px;
  selection-background-color: $accent_soft; selection-color: $text; outline: 0; }

QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $muted; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -5px 0; border-radius: 7px; background: $accent;
  border: 1px solid $panel; }
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { border: 1px solid $text; }

QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $muted; padding: ${tab}px 4px; margin: 0 10px;
  border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $accent; }

QTreeView, QListView, QTableView { background: $panel; border: none; outline: 0; }
QTreeView::branch { background: transparent; }
QListView[role="popup"] { border: 1px solid $border; padding: 4px 0; }
QScrollArea { background: $panel; border: none; }
QScrollArea > QWidget > QWidget { background: $panel; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar::handle:vertical { background: $border; border-radius: 4px; min-height: 36px; }
QScrollBar::handle:vertical:hover { background: $muted; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle:horizontal { background: $border; border-radius: 4px; min-width: 36px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: $border; }
""")


def style_sheet(theme: Theme) -> str:
    """The application's style sheet in the theme's colours and sizes."""
    colors = theme.colors
    return _SHEET.substitute(
        {name: getattr(colors, name) for name in colors.__dataclass_fields__},
        hover_bar=colors.accent_soft if theme.name == "light" else colors.hover,
        display=theme.pixels(1.9),
        title=theme.pixels(1.3),
        large=theme.pixels(1.12),
        small=theme.pixels(0.9),
        pad=theme.pixels(0.45),
        line=theme.pixels(2.4),
        tab=theme.pixels(0.7),
    )
