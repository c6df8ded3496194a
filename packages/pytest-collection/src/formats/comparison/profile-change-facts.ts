import type {
  ComparedProfiles,
  CostChange,
  FigureChange,
  ProfileReference,
} from '../../compare/profile-comparison.ts';
import { counted, formatBytes, formatDuration, formatGrowth } from '../quantity.ts';
import { formatChange } from './change.ts';
import type { ComparisonFacts, FigureRow } from './comparison-facts.ts';

/** What two saved profiles say about each other. */
export function profileChangeFacts(comparison: ComparedProfiles): ComparisonFacts {
  const { before, after, state, cpuMs, wallMs, peakBytes, commonFactor, notes } = comparison;
  const alike =
    Math.abs(commonFactor - 1) < 0.05
      ? []
      : [
          `Everything changed alike by ${formatChange(commonFactor)}, as it does on another or a busier machine; the lists are without that`,
        ];
  return {
    title: `Collection: ${moment(after)} against ${moment(before)}`,
    heads: ['before', 'after'],
    verdicts: [
      verdictOf('CPU time', cpuMs, formatDuration, 'faster', 'slower'),
      ...(peakBytes.conclusion === 'cannot-tell'
        ? []
        : [verdictOf('peak memory', peakBytes, formatBytes, 'lighter', 'heavier')]),
    ],
    rows: [
      row(state, 'CPU', cpuMs, formatDuration),
      row(state, 'peak memory', peakBytes, formatBytes),
      row(state, 'wall', wallMs, formatDuration),
    ],
    groups: (
      [
        ['Test files', 'file', comparison.files],
        ['Conftests', 'conftest', comparison.conftests],
        ['Imports', 'import', comparison.imports],
        ['Plugins', 'plugin', comparison.plugins],
      ] as const
    )
      .filter(([, , changes]) => changes.length > 0)
      .map(([title, noun, changes]) => ({ title, noun, changes: changes.map(changeRow) })),
    notes: [`Both collect the same ${counted(after.tests, 'test')}`, ...alike, ...notes],
  };
}

function moment({ takenAt }: ProfileReference): string {
  return takenAt.slice(0, 16).replace('T', ' ');
}

function verdictOf(
  name: string,
  { before, after, ratio, chance, conclusion }: FigureChange,
  format: (value: number) => string,
  less: string,
  more: string,
): ComparisonFacts['verdicts'][number] {
  const figures = `${name} ${format(before)} before, ${format(after)} now (${formatChange(ratio)})`;
  if (conclusion === 'cannot-tell')
    return {
      tone: 'poor',
      text: `No change that single runs could tell from chance: ${figures}; up to ${formatChange(chance)} is chance`,
    };
  return conclusion === 'less'
    ? { tone: 'good', text: `It became ${less}: ${figures}` }
    : { tone: 'bad', text: `It became ${more}: ${figures}` };
}

function row(
  state: 'cold' | 'warm',
  name: string,
  { before, after, ratio, chance, conclusion }: FigureChange,
  format: (value: number) => string,
): FigureRow {
  return {
    group: state,
    name,
    before: format(before),
    after: format(after),
    change: formatChange(ratio),
    range: `chance: ${formatChange(1 / chance)} to ${formatChange(chance)}`,
    conclusion,
  };
}

function changeRow({
  name,
  state,
  time,
  clock,
  memoryBytes,
  certainty,
}: CostChange): ComparisonFacts['groups'][number]['changes'][number] {
  return {
    name,
    before: state === 'new' ? '' : formatDuration(time.before),
    after: state === 'gone' ? '' : formatDuration(time.after),
    clock,
    change: state === 'changed' ? formatChange(time.ratio) : state,
    memory: formatGrowth(memoryBytes.after - memoryBytes.before),
    certainty: certainty === 'likely' ? 'likely' : 'may be chance',
  };
}
