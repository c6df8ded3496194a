import { COMPLETE_FINDER } from '../finder/finder.ts';
import type { FinderChoice } from '../finder/finder.ts';
import type { WrittenModule } from '../modules/written-module.ts';

/** What imports/simple-cycle is going to write and expect. */
export interface SimpleCyclePlan {
  readonly modules: readonly WrittenModule[];
  /** The one cycle that must be found, from its smallest module on. */
  readonly expected: readonly string[];
  readonly finder: FinderChoice;
  /** Searches that are timed. */
  readonly searches: number;
}

/**
 * A cycle as projects have them: it crashes when `harbour` is imported first, since `tug` then asks for a name that
 * `harbour` has not defined yet, and works from the two others.
 */
export function planSimpleCycle(): SimpleCyclePlan {
  return {
    modules: [
      { name: 'harbour', source: 'import pilot\n\nBERTHS = 4\n\n\ndef crew():\n    return pilot.CREW\n' },
      { name: 'pilot', source: 'import tug\n\nCREW = 2\n\n\ndef pull():\n    return tug.POWER\n' },
      { name: 'tug', source: 'from harbour import BERTHS\n\nPOWER = BERTHS * 10\n' },
    ],
    expected: ['harbour', 'pilot', 'tug'],
    finder: COMPLETE_FINDER,
    searches: 3,
  };
}
