"""Telling the user in one sentence that something did not work; nothing waits for the answer."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget


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


def tell(parent: QWidget | None, title: str, words: str) -> QMessageBox:
    """Open a message that something worked, and what is worth knowing of it."""
    box = QMessageBox(
        QMessageBox.Icon.Information, "Facepoints", title, QMessageBox.StandardButton.Ok, parent
    )
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(words)
    box.open()
    return box


def when_no_dialog_is_open(window: QWidget, then: Callable[[], object]) -> None:
    """Go on now, or once every dialog of a window is closed: questions come one after the other."""
    dialog = next((one for one in window.findChildren(QDialog) if one.isVisible()), None)
    if dialog is None:
        then()
    else:
        # A moment later: what follows from its answer may open the next dialog.
        dialog.finished.connect(
            lambda: QTimer.singleShot(0, window, lambda: when_no_dialog_is_open(window, then))
        )


def ask(
    parent: QWidget | None,
    title: str,
    words: str,
    answers: Mapping[str, Callable[[], object]],
    otherwise: Callable[[], object] | None = None,
) -> QMessageBox:
    """Ask without waiting: the answer's function is called when it comes, `otherwise` for Cancel."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("Facepoints")
    box.setText(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(words)
    roles = (QMessageBox.ButtonRole.AcceptRole, QMessageBox.ButtonRole.DestructiveRole)
    buttons = {box.addButton(text, role): text for text, role in zip(answers, roles, strict=False)}
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(next(iter(buttons)))

    def chosen(button: object) -> None:
        if button is cancel:
            if otherwise is not None:
                otherwise()
            return
        answers[next(text for own, text in buttons.items() if own is button)]()

    box.buttonClicked.connect(chosen)
    box.open()
    return box
