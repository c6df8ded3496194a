import { COMPLETE_FINDER } from '../finder/finder.ts';
import type { FinderChoice } from '../finder/finder.ts';
import type { WebShape } from './web-modules.ts';

/** What imports/complex-web is going to write; the web itself follows from the run's seed. */
export interface ComplexWebPlan {
  readonly shape: WebShape;
  readonly finder: FinderChoice;
}

/** 15 modules with 2-4 imports each, nine of them in two knots of overlapping cycles. */
export function planComplexWeb(): ComplexWebPlan {
  return {
    shape: { modules: 15, lowerKnot: 5, upperKnot: 4, imports: { least: 2, most: 4 } },
    finder: COMPLETE_FINDER,
  };
}
