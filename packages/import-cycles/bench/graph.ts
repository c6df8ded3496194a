/**
 * Graph analysis side by side with `@dagrejs/graphlib`, in one run: CPU time of each step, and the peak memory of the
 * process (Node itself and the edges included). Prints a Markdown table.
 *
 * `node --conditions=@seaworthy/source bench/graph.ts`
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { MeasuredStep } from './graph/measure-steps.ts';
import type { Shape } from './graph/shapes.ts';

const CASES: readonly (readonly [shape: Shape, nodeCount: number])[] = [
  ['chain', 2_000],
  ['chain', 100_000],
  ['chain', 5_000_000],
  ['layers', 1_000],
  ['layers', 10_000],
  ['layers', 100_000],
  ['tangle', 1_000],
  ['tangle', 10_000],
  ['tangle', 100_000],
];
const TOOLS = ['seaworthy', 'graphlib'] as const;
const TIMEOUT_MS = 60_000;

interface Outcome {
  readonly steps: readonly MeasuredStep[];
  readonly peakMb: number;
}

const runFile = promisify(execFile);

async function outcomeOf(tool: string, shape: string, nodeCount: number): Promise<Outcome | string> {
  const script = join(import.meta.dirname, 'graph', 'run-case.ts');
  const args = ['--conditions=@seaworthy/source', script, tool, shape, String(nodeCount)];
  try {
    const { stdout } = await runFile(process.execPath, args, { timeout: TIMEOUT_MS });
    return JSON.parse(stdout) as Outcome;
  } catch (error) {
    const { killed, signal, stderr } = error as { killed?: boolean; signal?: string; stderr?: string };
    if (killed === true) return `no answer in ${TIMEOUT_MS / 1000} s`;
    return /heap out of memory/.test(stderr ?? '') ? 'out of memory' : `ended by ${signal ?? 'an error'}`;
  }
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function cell(outcome: Outcome, step: string): string {
  const measured = outcome.steps.find((entry) => entry.step === step);
  if (measured === undefined) return '-';
  const isFailure = measured.result.startsWith('RangeError');
  return isFailure ? 'RangeError' : `${measured.cpuMs.toFixed(1)} ms (${measured.result})`;
}

const STEPS = ['build', 'components', 'knots', 'witnesses'];

console.log(row(['graph', 'nodes', 'tool', ...STEPS, 'CPU in all', 'peak memory']));
console.log(row(['---', '--:', '---', ...STEPS.map(() => '--:'), '--:', '--:']));
for (const [shape, nodeCount] of CASES) {
  for (const tool of TOOLS) {
    const head = [shape, nodeCount.toLocaleString('en'), tool];
    const outcome = await outcomeOf(tool, shape, nodeCount);
    if (typeof outcome === 'string') {
      console.log(row([...head, outcome, '', '', '', '', '']));
      continue;
    }
    const cpuMs = outcome.steps.reduce((sum, step) => sum + step.cpuMs, 0);
    const totals = [`${cpuMs.toFixed(1)} ms`, `${outcome.peakMb.toFixed(0)} MB`];
    console.log(row([...head, ...STEPS.map((step) => cell(outcome, step)), ...totals]));
  }
}
