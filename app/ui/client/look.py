"""What the style sheet of the window does not say: buttons that stay pressed, large ones, and verdicts."""

from PySide6.QtWidgets import QWidget

from app.ui.theme import Theme


def give_look(widget: QWidget, theme: Theme) -> None:
    """Style a part of Client mode, and again whenever the theme changes."""

    def apply() -> None:
        colors = theme.colors
        widget.setStyleSheet(
            f"""
            QPushButton[role="choice"] {{ padding: 3px 10px; border-radius: 7px; }}
            QPushButton[role="choice"]:checked {{ background: {colors.accent_soft}; color: {colors.accent};
              border: 1px solid {colors.accent}; }}
            QPushButton[role="main"] {{ background: {colors.accent}; color: {colors.on_accent};
              border: 1px solid {colors.accent}; font-weight: 600; }}
            QPushButton[role="main"]:disabled {{ background: {colors.hover}; color: {colors.muted};
              border: 1px solid {colors.border}; }}
            QPushButton[role="main"]:focus {{ border: 2px solid {colors.text}; }}
            QLabel[role="verdict"] {{ background: {colors.warning_soft}; color: {colors.warning};
              font-weight: 600; padding: 8px 16px; }}
            QLabel[role="clock"] {{ font-size: {theme.pixels(3.2)}px; font-weight: 600; }}
            """
        )

    theme.theme_changed.connect(apply)
    apply()
