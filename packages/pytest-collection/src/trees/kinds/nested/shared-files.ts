import type { TreeFile } from '../../tree-file.ts';

export const ROOT_FIXTURES = `import pytest

from shipyard.ledger import Ledger
from shipyard.model import Crew, Vessel


@pytest.fixture(scope="session")
def yard_name():
    return "north"


@pytest.fixture
def ledger():
    return Ledger()


@pytest.fixture
def crew():
    return Crew([("ada", 3), ("grace", 5)])


@pytest.fixture
def vessel(crew):
    return Vessel("seaworthy", length=40, crew=crew)


@pytest.fixture(autouse=True)
def clean_ledger(ledger):
    yield
    ledger.clear()
`;

const MODEL = `"""What the yard knows of a vessel."""
import enum
from typing import List, Tuple


class State(enum.Enum):
    AT_SEA = "at sea"
    DOCKED = "docked"
    LAID_UP = "laid up"


class Crew:
    def __init__(self, members: List[Tuple[str, int]]):
        self.members = dict(members)

    def __len__(self):
        return len(self.members)

    def years(self):
        return sum(self.members.values())


class Vessel:
    def __init__(self, name, length, crew=None, state=State.AT_SEA):
        self.name = name
        self.length = length
        self.crew = crew if crew is not None else Crew([])
        self.state = state

    def dock(self):
        if self.state is State.LAID_UP:
            raise ValueError("%s is laid up" % self.name)
        self.state = State.DOCKED
        return self

    def describe(self):
        return {"name": self.name, "length": self.length, "crew": len(self.crew), "state": self.state.value}
`;

const TARIFFS = `"""What a berth costs."""
from shipyard.model import State

BY_STATE = {State.AT_SEA: 0, State.DOCKED: 12, State.LAID_UP: 4}


def berth(vessel, days):
    if days < 0:
        raise ValueError("days: %d" % days)
    return BY_STATE[vessel.state] * vessel.length * days


def discount(amount, percent):
    return amount * (100 - percent) // 100
`;

const LEDGER = `"""Who owes what."""
from collections import OrderedDict

from shipyard import tariffs


class Ledger:
    def __init__(self):
        self.entries = OrderedDict()

    def charge(self, vessel, days):
        amount = tariffs.berth(vessel, days)
        self.entries[vessel.name] = self.entries.get(vessel.name, 0) + amount
        return amount

    def total(self):
        return sum(self.entries.values())

    def clear(self):
        self.entries.clear()
`;

const CONTRACTS = `"""Tests that whatever calls itself a vessel inherits."""
import pytest

from shipyard.ledger import Ledger
from shipyard.model import State


class Contract:
    """Subclasses say how theirs are made."""

    length = 10

    def make(self):
        raise NotImplementedError

    @pytest.fixture
    def subject(self):
        return self.make()

    def test_has_a_name(self, subject):
        assert subject.name and isinstance(subject.name, str)

    def test_describes_itself(self, subject):
        described = subject.describe()
        assert described["length"] == self.length
        assert set(described) == {"name", "length", "crew", "state"}


class DockContract(Contract):
    def test_docks(self, subject):
        assert subject.dock().state is State.DOCKED

    @pytest.mark.parametrize("days", [1, 7, 30])
    def test_is_charged_by_the_day(self, subject, days):
        book = Ledger()
        assert book.charge(subject.dock(), days) == 12 * self.length * days
        assert book.total() == 12 * self.length * days
`;

/** The package under test, and the contracts that test classes inherit from. */
export function sharedFiles(): readonly TreeFile[] {
  return [
    { path: 'shipyard/__init__.py', content: '"""The package under test."""\n' },
    { path: 'shipyard/model.py', content: MODEL },
    { path: 'shipyard/tariffs.py', content: TARIFFS },
    { path: 'shipyard/ledger.py', content: LEDGER },
    { path: 'shipyard/contracts.py', content: CONTRACTS },
  ];
}

/** Tests that a subclass of `DockContract` inherits. */
export const INHERITED_TESTS = 6;
