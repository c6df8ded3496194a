import type { Cause, Finding, Fix } from '@seaworthy/scenario';
import { formatBytes, formatDuration } from '../../formats/quantity.ts';
import type { Expense, ObservedCollection } from './observed-collection.ts';

type Measure = 'wallMs' | 'memoryBytes';

/** Who has so much of the whole is named as its cause. */
const STANDS_OUT = 0.3;
const SHOWN = 3;

/** The one thing that took most of the time, if one stands out. */
export function dearestByTime(observed: ObservedCollection): Pick<Finding, 'cause' | 'fix'> {
  return causeOf(mostOf(observed, 'wallMs')[0], 'wallMs', observed.wallMs);
}

/** The one thing that took most of the memory, if one stands out. */
export function dearestByMemory(observed: ObservedCollection): Pick<Finding, 'cause' | 'fix'> {
  return causeOf(mostOf(observed, 'memoryBytes')[0], 'memoryBytes', observed.peak.bytes);
}

/** The most expensive things, a line each. */
export function dearestEvidence(observed: ObservedCollection, measure: Measure): readonly string[] {
  return mostOf(observed, measure)
    .slice(0, SHOWN)
    .map((expense) => `${describe(expense)}: ${amount(expense, measure)}`);
}

function mostOf({ dearest }: ObservedCollection, measure: Measure): readonly Expense[] {
  return [...dearest].sort((a, b) => b[measure] - a[measure]).filter((expense) => expense[measure] > 0);
}

function causeOf(
  expense: Expense | undefined,
  measure: Measure,
  whole: number,
): { readonly cause: Cause; readonly fix?: Fix } {
  if (expense === undefined || expense[measure] < STANDS_OUT * whole) {
    return { cause: { text: 'no single import, conftest or plugin stands out', certainty: 'unknown' } };
  }
  return {
    cause: { text: `${describe(expense)} took ${amount(expense, measure)} of it`, certainty: 'likely' },
    fix: { text: fixFor(expense, measure) },
  };
}

function fixFor({ what, name, plugin }: Expense, measure: Measure): string {
  if (plugin !== undefined) return `Upgrade the plugin ${plugin}, or run without it: -p no:${plugin}`;
  if (what === 'import') {
    return `Find out who imports ${name} (seaworthy collect), and import it where it is used, in a fixture or function`;
  }
  return measure === 'wallMs'
    ? `Do less in ${name}: once for the session or in a fixture instead of for each file`
    : `Keep less in ${name}: nothing for each file or test`;
}

function describe({ what, name }: Expense): string {
  return {
    import: `the import of ${name}`,
    conftest: `the conftest ${name}`,
    hook: `the hook ${name}`,
    file: name,
  }[what];
}

function amount(expense: Expense, measure: Measure): string {
  return measure === 'wallMs' ? formatDuration(expense.wallMs) : formatBytes(expense.memoryBytes);
}
