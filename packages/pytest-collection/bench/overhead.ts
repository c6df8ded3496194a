import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { recorderCommand } from '../src/recording/index.ts';
import { pairedRatio } from '../src/statistics/paired-ratio.ts';
import { median } from '../src/statistics/median.ts';
import { generateTree } from '../src/trees/generate-tree.ts';
import type { TreeSpec } from '../src/index.ts';
import { countInstructions } from './overhead/count-instructions.ts';
import { measureCpu } from './overhead/measure-cpu.ts';
import { pythonWithPytest } from './python-with-pytest.ts';

/**
 * What recording costs: CPU time of `pytest --collect-only` as it is, recorded, recorded with the price of every hook, and
 * under what Python itself offers for the same question, interleaved in one run:
 * `nx run pytest-collection:bench`, or `node bench/overhead.ts [--rounds N]`. With `--instructions` it counts instructions
 * under valgrind instead: once each, since that is repeatable on a busy machine, where CPU time is not.
 */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '15' }, instructions: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
const scratch = mkdtempSync(join(tmpdir(), 'seaworthy-bench-'));
const { python, version } = await pythonWithPytest();

const TREES: readonly (readonly [string, TreeSpec])[] = [
  ['1000 files x 10 tests', { kind: 'simple', files: 1000, tests: 10 }],
  ['50 folders x 20 files, nested', { kind: 'nested', folders: 50, files: 20 }],
];

/** In the order of the columns; the first is what the others are compared with. */
function contenders(root: string): readonly (readonly [string, () => readonly string[]])[] {
  let row = 0;
  const target = { root, python, args: ['-q'], invocation: 'python -m pytest' } as const;
  const recorded = (detail: 'files' | 'hooks') => () =>
    recorderCommand(target, { rowsFile: join(scratch, `rows-${(row += 1)}`), detail }).command;
  const plain = ['-m', 'pytest', '--collect-only', '-q'];
  return [
    ['pytest --collect-only', () => [python, ...plain]],
    ['recorded', recorded('files')],
    ['recorded with hooks', recorded('hooks')],
    ['-X importtime', () => [python, '-X', 'importtime', ...plain]],
    ['cProfile', () => [python, '-m', 'cProfile', '-o', join(scratch, 'profile'), ...plain]],
  ];
}

try {
  const measured = values.instructions ? 'instructions' : `${rounds} rounds`;
  console.log(`${version}, ${cpus().length} x ${cpus()[0]?.model}, ${measured}, warm bytecode\n`);
  for (const [name, spec] of TREES) {
    const { root } = await generateTree(spec, { cacheFolder: scratch });
    const env = { PYTHONDONTWRITEBYTECODE: undefined, PYTHONHASHSEED: '0' };
    console.log(`${name}\n`);
    await (values.instructions ? compareInstructions(root, env) : compareCpu(root, env));
    console.log('');
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

type Variables = Readonly<Record<string, string | undefined>>;

async function compareCpu(root: string, env: Variables): Promise<void> {
  const field = contenders(root);
  const samples = field.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    // Every other round backwards, so that a drift of the machine favours nobody; the first one only warms up.
    const order = field.map((_, i) => (round % 2 === 0 ? i : field.length - 1 - i));
    for (const i of order) {
      const command = field[i]?.[1]() ?? [];
      const cpuMs = await measureCpu(python, command, { cwd: root, env });
      if (round >= 0) samples[i]?.push(cpuMs);
    }
  }
  console.log('| | CPU, median | more than plain | 95 % interval |\n| --- | --: | --: | --: |');
  for (const [i, [label]] of field.entries()) {
    const ratio = pairedRatio(samples[0] ?? [], samples[i] ?? []);
    const more =
      i === 0 ? '| |' : `${percent(ratio.value)} | ${percent(ratio.low)} to ${percent(ratio.high)} |`;
    console.log(`| ${label} | ${(median(samples[i] ?? []) / 1000).toFixed(2)} s | ${more}`);
  }
}

/** Of plain pytest and both levels of ours; the others of the field are no matter of a few per cent. */
async function compareInstructions(root: string, env: Variables): Promise<void> {
  console.log('| | instructions | more than plain |\n| --- | --: | --: |');
  const field = contenders(root).slice(0, 3);
  let plain = Number.NaN;
  for (const [i, [label, command]] of field.entries()) {
    await measureCpu(python, command(), { cwd: root, env }); // Writes the bytecode.
    const count = await countInstructions(command(), { cwd: root, env });
    if (i === 0) plain = count;
    console.log(`| ${label} | ${(count / 1e9).toFixed(2)} G | ${i === 0 ? '' : percent(count / plain)} |`);
  }
}

function percent(ratio: number): string {
  return `${((ratio - 1) * 100).toFixed(1)} %`;
}
