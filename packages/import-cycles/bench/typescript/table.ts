import type { Corpus } from './corpora.ts';
import type { Counts } from './found-graph.ts';
import type { Result } from './measure-corpus.ts';

const HEAD = [
  'program',
  'CPU s',
  'wall s',
  'peak MiB',
  'modules',
  'imports',
  'knots (modules)',
  'executed imports',
  'knots (modules)',
];

/** A markdown table of what each program cost and found; a dash where it does not tell the two kinds of import apart. */
export function tableOf(corpus: Corpus, results: readonly Result[]): string {
  const rows = results.map(({ program, version, cost, all, executed, failure }) => {
    const name = version === undefined ? program : `${program} ${version}`;
    const costs = cost
      ? [cost.cpuSeconds.toFixed(2), cost.wallSeconds.toFixed(2), cost.peakMiB.toFixed(0)]
      : ['–', '–', '–'];
    if (failure !== undefined) return [name, ...costs, failure, ...Array<string>(4).fill('')];
    const modules = (all ?? executed)?.modules.toString() ?? '–';
    return [name, ...costs, modules, ...countCells(all), ...countCells(executed)];
  });
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const title = `### ${corpus.name}${corpus.known === undefined ? '' : ` (known: ${corpus.known})`}`;
  const rule = line(HEAD.map((_, column) => (column === 0 ? '---' : '--:')));
  return [title, '', line(HEAD), rule, ...rows.map(line), ''].join('\n');
}

function countCells(counts: Counts | undefined): readonly [imports: string, knots: string] {
  return counts === undefined
    ? ['–', '–']
    : [`${counts.imports}`, `${counts.knots} (${counts.modulesInKnots})`];
}
