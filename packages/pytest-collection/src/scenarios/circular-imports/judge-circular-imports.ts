import type { Finding, Judgement, Limits } from '@seaworthy/scenario';
import { describeEnd } from '../collect/ended-finding.ts';
import type { FailedOutcome } from '../collect/ended-finding.ts';
import type { circularImportsLimits } from './circular-imports-limits.ts';
import type { CircularImportsObservation, ObservedModule } from './circular-imports-observation.ts';

const SHOWN = 8;

/** pytest has to come to every file, and to fail at exactly those that CPython fails at when it imports them in that order. */
export function judgeCircularImports(
  observation: CircularImportsObservation,
  limits: Limits<typeof circularImportsLimits>,
): Judgement {
  const { outcome, modules, wallMs } = observation;
  if (outcome.kind === 'timed-out') return { findings: [hangFinding(outcome, observation)] };
  if (outcome.kind !== 'finished' && outcome.kind !== 'errors' && outcome.kind !== 'nothing-collected') {
    return { findings: [brokenFinding(outcome, observation)] };
  }
  const findings = [
    ...lostFinding(observation),
    ...swallowedFinding(modules.filter(isSwallowed), modules),
    ...refusedFinding(modules.filter(isRefused), modules),
    ...(wallMs >= limits.maxDuration ? [slowFinding(observation, limits)] : []),
  ];
  const crashing = modules.filter(({ reference }) => reference !== null).length;
  if (crashing > 0 && crashing < modules.length) return { findings };
  return {
    findings,
    inconclusive: [
      `CPython can import ${crashing === 0 ? 'all' : 'none'} of the ${modules.length} modules, so it was not tried whether pytest tells the ones from the others`,
    ],
  };
}

const isSwallowed = ({ collected, reference }: ObservedModule): boolean =>
  reference !== null && (collected === 'passed' || collected === 'skipped');

const isRefused = ({ collected, reference }: ObservedModule): boolean =>
  reference === null && collected === 'failed';

/** Files that pytest did not come to, or in which it did not find what is there. */
function isLost({ collected, reference, tests }: ObservedModule, testsPerModule: number): boolean {
  if (collected === 'missing' || collected === 'unfinished') return true;
  return reference === null && collected !== 'failed' && tests !== testsPerModule;
}

function hangFinding(outcome: FailedOutcome, { at, printed }: CircularImportsObservation): Finding {
  const { message, evidence, cause } = describeEnd(outcome, 0);
  return {
    code: 'COL030',
    severity: 'error',
    message,
    ...(at.path === undefined ? {} : { location: { path: at.path } }),
    evidence: [...evidence, ...lastLine(printed)],
    cause: cause ?? {
      text: `the import of ${at.importing ?? at.path ?? 'a module'} does not come back`,
      certainty: 'likely',
    },
  };
}

function brokenFinding(outcome: FailedOutcome, { at, printed }: CircularImportsObservation): Finding {
  const { message, evidence, cause } = describeEnd(outcome, 0);
  return {
    code: 'COL035',
    severity: 'error',
    message,
    ...(at.path === undefined ? {} : { location: { path: at.path } }),
    evidence: [...evidence, ...lastLine(printed)],
    ...(cause === undefined ? {} : { cause }),
  };
}

function lastLine(printed: string): readonly string[] {
  const line = printed.trimEnd().split('\n').at(-1) ?? '';
  return line === '' ? [] : [`last printed: ${line}`];
}

function lostFinding({ modules, testsPerModule }: CircularImportsObservation): Finding[] {
  const lost = modules.filter((module) => isLost(module, testsPerModule));
  if (lost.length === 0) return [];
  return [
    {
      code: 'COL031',
      severity: 'error',
      message: `${lost.length} of ${modules.length} test modules were lost: pytest did not report an error, and did not find their tests`,
      measured: { value: lost.length, unit: 'count' },
      evidence: listed(lost, ({ path, collected, tests }) =>
        collected === 'passed'
          ? `${path}: ${tests} of ${testsPerModule} tests`
          : `${path}: ${collected === 'missing' ? 'never looked at' : collected}`,
      ),
      cause: { text: 'a plugin or a configuration keeps files from being collected', certainty: 'likely' },
      fix: {
        text: 'Compare `pytest --collect-only -q` with and without each plugin (`-p no:NAME`), and look for collect_ignore and pytest_ignore_collect',
      },
    },
  ];
}

function swallowedFinding(
  swallowed: readonly ObservedModule[],
  modules: readonly ObservedModule[],
): Finding[] {
  if (swallowed.length === 0) return [];
  return [
    {
      code: 'COL032',
      severity: 'error',
      message: `${swallowed.length} of ${modules.length} test modules cannot be imported, and pytest reports no error for them`,
      measured: { value: swallowed.length, unit: 'count' },
      evidence: listed(
        swallowed,
        ({ path, reference, tests }) =>
          `${path}: pytest finds ${tests} tests; CPython: ${reference?.type}: ${reference?.message}`,
      ),
      cause: { text: 'something between Python and the report catches ImportError', certainty: 'likely' },
      fix: {
        text: 'Look in plugins and conftests for collectors and hooks (pytest_pycollect_makemodule, pytest_make_collect_report) that catch exceptions, and let ImportError through',
      },
    },
  ];
}

function refusedFinding(refused: readonly ObservedModule[], modules: readonly ObservedModule[]): Finding[] {
  if (refused.length === 0) return [];
  return [
    {
      code: 'COL033',
      severity: 'error',
      message: `pytest reports errors for ${refused.length} of ${modules.length} test modules that CPython imports in the same order`,
      measured: { value: refused.length, unit: 'count' },
      evidence: listed(refused, ({ path, error }) =>
        error === null ? path : `${path}: ${error.type}: ${error.message}`,
      ),
      cause: {
        text: 'a plugin or conftest changes how, or in which order, modules are imported',
        certainty: 'likely',
      },
      fix: {
        text: 'Leave out plugins one by one (`-p no:NAME`); look for conftests that import test modules or change sys.path',
      },
    },
  ];
}

function slowFinding(
  { wallMs, cpuMs, modules }: CircularImportsObservation,
  { maxDuration }: Limits<typeof circularImportsLimits>,
): Finding {
  return {
    code: 'COL034',
    severity: 'error',
    message: `${modules.length} test modules that import each other took ${(wallMs / 1000).toFixed(1)} s to collect; they must take less than ${maxDuration / 1000} s`,
    measured: { value: wallMs, unit: 'ms' },
    limit: { name: 'maxDuration', value: maxDuration, unit: 'ms', bound: 'most' },
    evidence: [`${(cpuMs / 1000).toFixed(1)} s of it on a processor`],
    cause: { text: 'starting pytest is slow here, or a plugin works on every import', certainty: 'unknown' },
  };
}

function listed(
  modules: readonly ObservedModule[],
  say: (module: ObservedModule) => string,
): readonly string[] {
  const rest = modules.length - SHOWN;
  return [...modules.slice(0, SHOWN).map(say), ...(rest > 0 ? [`and ${rest} more`] : [])];
}
