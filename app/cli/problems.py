"""What stops a command."""

FAILED = 1
UNREADABLE = 2


class CommandProblem(Exception):
    """A command that cannot be carried out; the text is one sentence with the remedy."""

    def __init__(self, sentence: str, exit_code: int = UNREADABLE) -> None:
        self.exit_code = exit_code
        super().__init__(sentence)
