import { OURS } from './contenders.ts';
import type { PythonCorpus } from './corpora.ts';
import type { Measured } from './measure-contenders.ts';
import { NOT_PACKAGED } from './peers.ts';

const HEAD = [
  'program',
  'CPU s',
  'CPU ratio',
  'wall s',
  'peak MiB',
  'files',
  'imports inside',
  'knots or cycles',
];

/** A markdown table of what each contender cost and found. */
export function pythonTable(corpus: PythonCorpus, results: readonly Measured[]): string {
  const ours = results.find(({ name }) => name === OURS)?.cost?.cpuSeconds;
  const rows = results.map(({ name, cost, found, failure }) => {
    if (cost === undefined) return [name, failure ?? '', ...Array<string>(HEAD.length - 2).fill('')];
    const ratio = ours === undefined ? '–' : (cost.cpuSeconds / ours).toFixed(1);
    return [
      name,
      cost.cpuSeconds.toFixed(2),
      ratio,
      cost.wallSeconds.toFixed(2),
      cost.peakMiB.toFixed(0),
      ...[found['files'], found['edges'], found['knots'] ?? found['cycles']].map(
        (value) => value?.toString() ?? '–',
      ),
    ];
  });
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const size = `${corpus.files} files, ${(corpus.bytes / 1024 / 1024).toFixed(1)} MiB`;
  const rule = line(HEAD.map((_, column) => (column === 0 ? '---' : '--:')));
  const absent = `Not run, since neither Debian nor npm packages them: ${NOT_PACKAGED.join(', ')}.`;
  return [`### ${corpus.name} (${size})`, '', line(HEAD), rule, ...rows.map(line), '', absent, ''].join('\n');
}
