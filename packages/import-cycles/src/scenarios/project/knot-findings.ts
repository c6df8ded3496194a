import type { Cause, Finding, Fix } from '@seaworthy/scenario';
import { cycleAsText } from '../finder/canonical-cycle.ts';
import type { ReportedImport } from '../../report/import-report.ts';
import type { ProjectLimits } from './judge-project.ts';
import type { ProjectKnot, ProjectObservation } from './project-observation.ts';

/** So many knots get a finding of their own; the rest is counted. */
const SHOWN_KNOTS = 50;
const SHOWN_MODULES = 8;
const SHOWN_STEPS = 20;

/** One finding a knot, the worst that is true of it, and one more where there are too many cycles. */
export function knotFindings(observation: ProjectObservation, limits: ProjectLimits): Finding[] {
  const open = observation.knots.filter((knot) => !knot.accepted);
  const findings = open
    .slice(0, SHOWN_KNOTS)
    .map((knot) => knotFinding(knot, observation.hasBaseline, limits));
  const rest = open.slice(SHOWN_KNOTS);
  if (rest.length > 0) findings.push(restFinding(rest, observation.hasBaseline, limits));
  const excess = observation.hasBaseline ? undefined : excessFinding(open, limits);
  return excess === undefined ? findings : [excess, ...findings];
}

const isTooLong = (knot: ProjectKnot, limits: ProjectLimits): boolean =>
  knot.longest.length > limits.maxLength;

function knotFinding(knot: ProjectKnot, hasBaseline: boolean, limits: ProjectLimits): Finding {
  const location = locationOf(knot);
  const shared = {
    ...(location === undefined ? {} : { location }),
    evidence: evidenceOf(knot),
    cause: causeOf(knot),
    ...fixOf(knot),
  };
  const path = cycleAsText(knot.witness.map((step) => step.from));
  if (isTooLong(knot, limits)) {
    const length = knot.longest.length;
    return {
      code: 'IMP002',
      severity: 'error',
      message: `An import cycle of ${length} modules, ${limits.maxLength} are allowed: ${cycleAsText(knot.longest)}`,
      measured: { value: length, unit: 'count' },
      limit: { name: 'maxLength', value: limits.maxLength, unit: 'count', bound: 'most' },
      ...shared,
    };
  }
  return {
    code: 'IMP001',
    severity: hasBaseline ? 'error' : 'warning',
    message: `${hasBaseline ? 'An import cycle that the baseline does not accept' : 'An import cycle'}: ${path}${sizeOf(knot)}`,
    ...shared,
  };
}

const sizeOf = (knot: ProjectKnot): string =>
  knot.modules.length > knot.witness.length
    ? `, part of a knot of ${knot.modules.length} modules with ${cyclesOf(knot)}`
    : '';

const cyclesOf = ({ cycleCount, complete }: ProjectKnot): string =>
  `${complete ? '' : 'more than '}${cycleCount} ${cycleCount === 1 ? 'cycle' : 'cycles'}`;

/** The import to move is where a reader has to go; without one, the first step of the cycle. */
function locationOf({ importsToMove, witness }: ProjectKnot): Finding['location'] {
  const first = importsToMove[0];
  if (first !== undefined) return { path: first.path, line: first.line, column: first.column };
  const step = witness[0];
  return step === undefined ? undefined : { path: step.path, line: step.line };
}

const stepLine = ({ path, line, to, kind }: ReportedImport): string =>
  `${path}:${line} imports ${to}${kind === 'module' ? '' : ` (${kind})`}`;

function evidenceOf(knot: ProjectKnot): string[] {
  const { modules, witness, newArcs } = knot;
  const shown = modules.slice(0, SHOWN_MODULES).join(', ');
  const more = modules.length > SHOWN_MODULES ? ` and ${modules.length - SHOWN_MODULES} more` : '';
  return [
    ...witness.slice(0, SHOWN_STEPS).map(stepLine),
    ...(witness.length > SHOWN_STEPS ? [`and ${witness.length - SHOWN_STEPS} more steps`] : []),
    `the knot ${knot.id}: ${modules.length} modules (${shown}${more}), ${cyclesOf(knot)}`,
    ...(newArcs.length > 0 ? [`not in the baseline: ${newArcs.slice(0, SHOWN_MODULES).join(', ')}`] : []),
  ];
}

function causeOf({ importsToMove, lowerBound }: ProjectKnot): Cause {
  const count = importsToMove.length;
  const best = lowerBound === count ? '' : ` (at least ${lowerBound})`;
  return {
    text:
      count === 1 ? 'one import closes the circle' : `${count} imports close all circles of the knot${best}`,
    certainty: 'certain',
  };
}

function fixOf({ importsToMove }: ProjectKnot): { fix?: Fix } {
  const first = importsToMove[0];
  if (first === undefined) return {};
  const others = importsToMove.slice(1, 1 + SHOWN_MODULES).map(({ path, line }) => `${path}:${line}`);
  const more = importsToMove.length - 1 - others.length;
  const rest = others.length === 0 ? '' : `; then ${others.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return {
    fix: {
      text: `${first.fix.text}${rest}`,
      location: { path: first.path, line: first.line, column: first.column },
    },
  };
}

function excessFinding(open: readonly ProjectKnot[], limits: ProjectLimits): Finding | undefined {
  const cycles = open.reduce((sum, knot) => sum + knot.cycleCount, 0);
  if (cycles <= limits.maxCycles) return undefined;
  const complete = open.every((knot) => knot.complete);
  return {
    code: 'IMP004',
    severity: 'error',
    message: `${complete ? '' : 'More than '}${cycles} import ${cycles === 1 ? 'cycle' : 'cycles'} in ${open.length} ${open.length === 1 ? 'knot' : 'knots'}, ${limits.maxCycles} are allowed`,
    measured: { value: cycles, unit: 'count' },
    limit: { name: 'maxCycles', value: limits.maxCycles, unit: 'count', bound: 'most' },
    evidence: [...open]
      .sort((a, b) => b.cycleCount - a.cycleCount)
      .slice(0, SHOWN_MODULES)
      .map(
        (knot) =>
          `${knot.id}: ${cyclesOf(knot)} among ${knot.modules.length} modules, ${knot.importsToMove.length} imports to move`,
      ),
    cause: {
      text: `${open.reduce((sum, knot) => sum + knot.importsToMove.length, 0)} imports close all of them`,
      certainty: 'certain',
    },
  };
}

function restFinding(rest: readonly ProjectKnot[], hasBaseline: boolean, limits: ProjectLimits): Finding {
  const long = rest.filter((knot) => isTooLong(knot, limits)).length;
  return {
    code: long > 0 ? 'IMP002' : 'IMP001',
    severity: hasBaseline || long > 0 ? 'error' : 'warning',
    message: `${rest.length} further knots${long > 0 ? `, ${long} of them with a cycle that is too long` : ''}: see \`seaworthy imports\``,
  };
}
