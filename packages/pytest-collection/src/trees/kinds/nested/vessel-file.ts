import { INHERITED_TESTS } from './shared-files.ts';

/** 6 inherited and 3 of its own, 4 of the class with fixtures, 2 functions. */
export const TESTS_PER_VESSEL_FILE = INHERITED_TESTS + 3 + 4 + 2;

/** A test file with a class that inherits its tests, one that works with fixtures of three conftests, and functions. */
export function vesselFile(dock: number, vessel: number): string {
  const size = (vessel % 6) + 2;
  return `"""Vessel ${vessel} of dock ${dock}."""
import pytest

from shipyard import tariffs
from shipyard.model import State
from .support import BargeContract, cost, make_fleet


class TestBarge(BargeContract):
    @pytest.mark.parametrize("percent, expected", [(0, ${size * 100}), (50, ${size * 50})])
    def test_discount(self, percent, expected):
        assert tariffs.discount(${size * 100}, percent) == expected

    def test_refuses_negative_days(self, subject):
        with pytest.raises(ValueError, match="days"):
            tariffs.berth(subject, -${vessel + 1})


class TestInTheLedger:
    days = ${(vessel % 10) + 1}

    def test_state(self, vessel, any_state, ledger):
        vessel.state = any_state
        assert ledger.charge(vessel, self.days) == tariffs.berth(vessel, self.days)

    def test_crew(self, vessel, crew):
        assert len(vessel.crew) == len(crew) == 2
        assert vessel.crew.years() == 8

    def test_yard(self, yard_name, dock_number):
        assert (yard_name, dock_number) == ("north", ${dock})


def test_fleet(fleet):
    assert [one.length for one in fleet] == [1, 2, 3]
    assert cost(fleet, ${size}) == 0


def test_docked_fleet():
    fleet = [one.dock() for one in make_fleet(${size})]
    assert all(one.state is State.DOCKED for one in fleet)
    assert cost(fleet, 1) == 12 * sum(range(1, ${size} + 1))
`;
}
