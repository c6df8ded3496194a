import type { TreeFile } from '../../tree-file.ts';

/** What the test files of one folder share: fixtures, and a support module that leans on a neighbour's. */
export function dockFiles(name: string, dock: number, neighbour: string | undefined): readonly TreeFile[] {
  return [
    { path: `tests/${name}/__init__.py`, content: '' },
    { path: `tests/${name}/conftest.py`, content: conftest(name, dock) },
    { path: `tests/${name}/support.py`, content: support(dock, neighbour) },
  ];
}

function conftest(name: string, dock: number): string {
  return `"""Fixtures of ${name}."""
import pytest

from shipyard.model import State
from tests.${name} import support


@pytest.fixture(scope="package")
def dock_number():
    return ${dock}


@pytest.fixture
def vessel(vessel):
    vessel.length += ${dock % 4}
    return vessel


@pytest.fixture(params=[State.AT_SEA, State.DOCKED], ids=["at-sea", "docked"])
def any_state(request):
    return request.param


@pytest.fixture
def fleet():
    return support.make_fleet(3)
`;
}

function support(dock: number, neighbour: string | undefined): string {
  const bound =
    neighbour === undefined
      ? 'LONGEST = 20\n'
      : `from tests.${neighbour}.support import LONGEST as NEIGHBOURS_LONGEST\n\nLONGEST = NEIGHBOURS_LONGEST + 1\n`;
  return `"""What the tests of this dock build on."""
from shipyard import tariffs
from shipyard.contracts import DockContract
from shipyard.model import Crew, State, Vessel
${bound}

class Barge(Vessel):
    def __init__(self, name, length=LONGEST):
        super().__init__(name, length, Crew([("skipper", ${(dock % 9) + 1})]))


class BargeContract(DockContract):
    length = LONGEST

    def make(self):
        return Barge("barge-${dock}")


def make_fleet(size):
    return [Barge("barge-%d" % number, length=number + 1) for number in range(size)]


def cost(fleet, days):
    return sum(tariffs.berth(vessel, days) for vessel in fleet if vessel.state is State.DOCKED)
`;
}
