"""What the keeper knows of a victim."""


class Kept:
    """A victim as its parent knows it."""

    def __init__(self, number, pid, commands, answers, kills):
        self.number, self.pid, self.commands, self.answers = number, pid, commands, answers
        self.kills_before, self.rest, self.asked, self.kill_at = kills, b"", [], None
