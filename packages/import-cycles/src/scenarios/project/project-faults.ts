import type { Fault } from '@seaworthy/scenario';
import type { WrittenModule } from '../modules/written-module.ts';
import type { ProjectObservation } from './project-observation.ts';
import type { ProjectPlan } from './project-plan.ts';

type ProjectFault = Fault<ProjectPlan, ProjectObservation>;

/** Not a name that a project has: an added module must not hide one of its own. */
const nameOf = (number: number): string => `seaworthy_fault_${number}`;

/** Modules that import each other in rings of the given length. */
function rings(count: number, length: number): readonly WrittenModule[] {
  return Array.from({ length: count * length }, (_, i) => {
    const next = i % length === length - 1 ? i - length + 1 : i + 1;
    return { name: nameOf(i), source: `import ${nameOf(next)}\n` };
  });
}

const addedTo = ({ copy }: ProjectObservation): string | undefined =>
  copy === null || copy.added.length === 0
    ? undefined
    : `a copy of ${copy.files} files also held ${copy.added.length} others, ${copy.added[0]} the first`;

const newCycles = (hasBaseline: boolean): ProjectFault => ({
  id: 'adds-cycles',
  breaks: hasBaseline
    ? 'a copy of the project gets a cycle that the baseline does not know'
    : 'a copy of the project gets more cycles than are allowed',
  raises: hasBaseline ? 'IMP001' : 'IMP004',
  inject: (plan) => ({
    ...plan,
    added: rings(hasBaseline ? 1 : plan.allowed.cycles + 1, Math.min(2, plan.allowed.length)),
  }),
  applied: addedTo,
});

const longCycle: ProjectFault = {
  id: 'adds-a-long-cycle',
  breaks: 'a copy of the project gets a cycle that is longer than allowed',
  raises: 'IMP002',
  inject: (plan) => ({ ...plan, added: rings(1, plan.allowed.length + 1) }),
  applied: addedTo,
};

const blindFinder: ProjectFault = {
  id: 'misses-imports-in-functions',
  breaks: 'the analysis misses imports inside functions',
  raises: 'IMP006',
  inject: (plan) => ({
    ...plan,
    finder: { kind: 'blind', to: 'function' },
    added: [
      { name: nameOf(0), source: `def later():\n    import ${nameOf(1)}\n    return ${nameOf(1)}\n` },
      { name: nameOf(1), source: '' },
    ],
  }),
  applied: (observation) => {
    const { comparison } = observation;
    if (comparison === null || comparison.missedCount === 0) return undefined;
    return `CPython's parser saw ${comparison.imports} imports, ${comparison.missedCount} of which the analysis did not have`;
  },
};

/** Ways in which a project can get worse, or its analysis blind. The user's own files are never touched. */
export function projectFaults(hasBaseline: boolean): readonly ProjectFault[] {
  return [newCycles(hasBaseline), longCycle, blindFinder];
}
