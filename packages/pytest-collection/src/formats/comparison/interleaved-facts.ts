import type {
  ComparedCollections,
  ComparedFigure,
  StateComparison,
} from '../../compare/collection-comparison.ts';
import type { Contention } from '../../compare/contention.ts';
import { counted, formatBytes, formatDuration, formatShare } from '../quantity.ts';
import { formatChange, formatInterval } from './change.ts';
import type { ComparisonFacts, FigureRow } from './comparison-facts.ts';

/** What interleaved runs of two sides have shown. */
export function interleavedFacts(comparison: ComparedCollections): ComparisonFacts {
  const { a, b, tests, errors, cold, warm, contention, notes, seed } = comparison;
  const states = [
    ...(warm === undefined ? [] : [{ name: 'warm', words: 'with bytecode', state: warm }]),
    ...(cold === undefined ? [] : [{ name: 'cold', words: 'without bytecode', state: cold }]),
  ];
  const work = `Both collect the same ${counted(tests.found - tests.deselected, 'test')}${errors === 0 ? '' : `, with the same ${counted(errors, 'error')}`}`;
  return {
    title: `Collection: ${b} against ${a}`,
    heads: [a, b],
    verdicts: states.flatMap(({ words, state }) =>
      verdictsOf(a, b, states.length > 1 ? `, ${words}` : '', state),
    ),
    rows: states.flatMap(({ name, state }) => rowsOf(name, state)),
    groups: [],
    notes: [
      work,
      ...states.map(
        ({ name, words, state }) =>
          `${name}: ${counted(state.a.length, 'interleaved pair')} ${words}${ENDS[state.endedBy]}`,
      ),
      contentionSentence(contention),
      ...notes,
      `Seed of the order: ${seed}`,
    ],
  };
}

const ENDS: Readonly<Record<StateComparison['endedBy'], string>> = {
  precision: ': enough to tell',
  pairs: ', the most that was allowed',
  budget: ', until the time was up',
};

function verdictsOf(
  a: string,
  b: string,
  where: string,
  { cpu, peak, conclusion, memoryConclusion }: StateComparison,
): ComparisonFacts['verdicts'] {
  const by = ({ ratio }: ComparedFigure): string => `${formatChange(ratio.value)} (${formatInterval(ratio)})`;
  const time = {
    faster: { tone: 'good', text: `${b} is faster than ${a}${where}: CPU time ${by(cpu)}` },
    slower: { tone: 'bad', text: `${b} is slower than ${a}${where}: CPU time ${by(cpu)}` },
    same: { tone: 'good', text: `${b} is as fast as ${a}${where}: CPU time ${by(cpu)}` },
    'cannot-tell': {
      tone: 'poor',
      text: `Whether ${b} is faster or slower than ${a} cannot be told${where}: CPU time ${by(cpu)}`,
    },
  } as const;
  const memory = {
    lighter: [{ tone: 'good', text: `${b} needs less memory than ${a}${where}: peak ${by(peak)}` }],
    heavier: [{ tone: 'bad', text: `${b} needs more memory than ${a}${where}: peak ${by(peak)}` }],
    same: [],
    'cannot-tell': [
      {
        tone: 'poor',
        text: `Whether ${b} needs more or less memory than ${a} cannot be told${where}: peak ${by(peak)}`,
      },
    ],
  } as const;
  return [time[conclusion], ...memory[memoryConclusion]];
}

function rowsOf(group: string, { cpu, peak, wall }: StateComparison): FigureRow[] {
  const row = (name: string, figure: ComparedFigure, format: (value: number) => string): FigureRow => ({
    group,
    name,
    before: format(figure.a),
    after: format(figure.b),
    change: formatChange(figure.ratio.value),
    range: formatInterval(figure.ratio),
    conclusion: figure.conclusion,
  });
  return [
    row('CPU', cpu, formatDuration),
    row('peak memory', peak, formatBytes),
    row('wall', wall, formatDuration),
  ];
}

function contentionSentence({ level, index, wallPerCpu }: Contention): string {
  const machine = {
    quiet: 'The machine was quiet',
    some: 'The machine had something else to do',
    heavy: 'The machine was busy with other things',
  }[level];
  const waited = ` (somebody waited for a processor ${formatShare(index, 1) || '0 %'} of the time)`;
  const wall = wallPerCpu === undefined ? '' : `; wall time was ${wallPerCpu.toFixed(2)}x CPU time`;
  return `${machine}${waited}${wall}`;
}
