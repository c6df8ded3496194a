import type { Environment, Limits } from '@seaworthy/scenario';
import type { CircularTree } from '../../model/tree-spec.ts';
import { scaled } from '../collect/tree-plan.ts';
import type { CollectionScenarioSettings } from '../collection-settings.ts';
import type { circularImportsLimits } from './circular-imports-limits.ts';

/** What collection/circular-imports is going to collect. */
export interface CircularImportsPlan {
  /** The seed of the run decides who imports whom. */
  readonly tree: CircularTree;
  /** The run is ended after so many ms. */
  readonly timeoutMs: number;
}

const MODULES = 20;
/** Two knots of three. */
const FEWEST = 6;

/** Knots that import, knots that crash, and knots that crash unless their first module comes first. */
export function planCircularImports({ scale }: CollectionScenarioSettings) {
  return (_: Environment, limits: Limits<typeof circularImportsLimits>): CircularImportsPlan => ({
    tree: { kind: 'circular', modules: scaled(MODULES, scale, FEWEST), imports: 'mixed' },
    timeoutMs: 1.25 * limits.maxDuration,
  });
}
