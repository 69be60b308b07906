"""Telling the user in one sentence that something did not work; nothing waits for the answer."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def tell_problem(parent: QWidget | None, title: str, sentence: str) -> QMessageBox:
    """Open a message with one button. It is not modal for the program, so tests and work go on."""
    message = QMessageBox(
        QMessageBox.Icon.Warning, "Facepoints", title, QMessageBox.StandardButton.Ok, parent
    )
    message.setTextFormat(Qt.TextFormat.PlainText)
    message.setInformativeText(sentence)
    message.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    message.open()
    return message
