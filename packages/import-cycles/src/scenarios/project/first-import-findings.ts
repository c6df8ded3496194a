import type { Finding } from '@seaworthy/scenario';
import type { FirstImport, ImportToMove } from '../../report/import-report.ts';
import type { ProjectLimits } from './judge-project.ts';
import { projectLimits } from './project-limits.ts';
import type { ProjectObservation } from './project-observation.ts';

const SHOWN_CRASHES = 50;

/** One finding for each module that crashes when it is imported first: errors where there are more than allowed. */
export function crashFindings(observation: ProjectObservation, limits: ProjectLimits): Finding[] {
  const { crashes } = observation;
  const severity = crashes.length > limits.maxFirstImportCrashes ? 'error' : 'warning';
  return crashes.slice(0, SHOWN_CRASHES).map((crash, i) => {
    const rest = i === SHOWN_CRASHES - 1 ? crashes.length - SHOWN_CRASHES : 0;
    return crashFinding(crash, { observation, severity, rest, limit: limits.maxFirstImportCrashes });
  });
}

interface Circumstances {
  readonly observation: ProjectObservation;
  readonly severity: Finding['severity'];
  /** Crashes that get no finding of their own. */
  readonly rest: number;
  readonly limit: number;
}

function crashFinding(crash: FirstImport, { observation, severity, rest, limit }: Circumstances): Finding {
  const { module, error, chain = [], found, assumption } = crash;
  const cause = causeOf(crash);
  const move = cause.certainty === 'unknown' ? undefined : moveFor(crash, observation);
  const tried = found === 'tried';
  const last = chain.at(-1);
  const location =
    error?.path === undefined
      ? last && { path: last.path, line: last.line }
      : { path: error.path, ...(error.line === undefined ? {} : { line: error.line }) };
  return {
    code: 'IMP003',
    severity,
    message: `${module} ${tried ? 'crashes' : 'will crash'} when it is imported first: ${whatOf(error)}${rest > 0 ? ` (and ${rest} more modules)` : ''}`,
    ...comparisonOf(observation.crashes.length, limit),
    ...(location === undefined ? {} : { location }),
    evidence: [
      `python -c "import ${module}"`,
      ...chain.map((step) => `${step.path}:${step.line} in ${step.from} imports ${step.to}`),
      ...(error?.path === undefined ? [] : [`${error.path}:${error.line ?? '?'} ${whatOf(error)}`]),
      ...(assumption === undefined ? [] : [`assuming: ${assumption}`]),
      tried ? 'tried in a fresh interpreter' : 'predicted from the source; `verify: true` tries it',
    ],
    cause,
    ...(move === undefined
      ? {}
      : {
          fix: { text: move.fix.text, location: { path: move.path, line: move.line, column: move.column } },
        }),
  };
}

/** Where nobody has set a limit, the number of crashes is compared with nothing. */
function comparisonOf(crashes: number, limit: number): Pick<Finding, 'measured' | 'limit'> {
  if (limit === projectLimits.maxFirstImportCrashes.default) return {};
  return {
    measured: { value: crashes, unit: 'count' },
    limit: { name: 'maxFirstImportCrashes', value: limit, unit: 'count', bound: 'most' },
  };
}

const whatOf = (error: FirstImport['error']): string =>
  error === undefined ? 'an error' : error.message === '' ? error.type : `${error.type}: ${error.message}`;

const SAYS_CIRCULAR = /partially initialized|circular import/;

/** What a half initialised module makes of `from a import x` and `a.x`. Other errors have causes of their own. */
const IS_TYPICAL: ReadonlySet<string | undefined> = new Set(['ImportError', 'AttributeError']);

function causeOf({ module, found, error }: FirstImport): NonNullable<Finding['cause']> {
  const saysSo = SAYS_CIRCULAR.test(error?.message ?? '');
  if (!saysSo && !IS_TYPICAL.has(error?.type)) {
    const type = error?.type ?? 'an error';
    return {
      text: `${type} during the import of ${module}, perhaps not because of the cycle`,
      certainty: 'unknown',
    };
  }
  return {
    text: `the import of ${module} comes back to a module whose body is still being executed, and asks for a name that it has not defined yet`,
    certainty: saysSo && found === 'tried' ? 'certain' : 'likely',
  };
}

/** The import to move that stands on the way to the crash; else any of the same knot. */
function moveFor(
  { module, chain = [] }: FirstImport,
  { knots }: ProjectObservation,
): ImportToMove | undefined {
  const knot = knots.find(({ modules }) => modules.includes(module));
  if (knot === undefined) return undefined;
  const isOnChain = (move: ImportToMove): boolean =>
    chain.some((step) => step.from === move.from && step.to === move.to);
  return knot.importsToMove.find(isOnChain) ?? knot.importsToMove[0];
}
