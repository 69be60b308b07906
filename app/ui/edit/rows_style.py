"""How the editor's lists and trees look: rows with air, a quiet selection."""

from string import Template

from PySide6.QtWidgets import QAbstractItemView

from app.ui.theme import Theme

_SHEET = Template("""
QAbstractItemView::item { padding: ${pad}px 6px; border-radius: 6px; }
QAbstractItemView::item:hover { background: $hover; }
QAbstractItemView::item:selected { background: $accent_soft; color: $text; }
QTreeView::branch:selected { background: transparent; }
""")


def style_rows(view: QAbstractItemView, theme: Theme) -> None:
    """Give a view the look, now and whenever the theme changes."""

    def apply() -> None:
        colors = theme.colors
        view.setStyleSheet(
            _SHEET.substitute(
                pad=theme.pixels(0.28), hover=colors.hover, accent_soft=colors.accent_soft, text=colors.text
            )
        )

    view.setProperty("role", "rows")
    theme.theme_changed.connect(apply)
    apply()
