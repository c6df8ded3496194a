import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { pytestFolder } from '../interpreters/pytests.ts';
import type { PytestMajor } from '../interpreters/pytests.ts';

const FIXTURES = resolve(import.meta.dirname, '../fixtures/trees');
const PROGRAM = join(FIXTURES, 'collect_plainly.py');

/** A module slept from then to then, s of a clock that all processes share. */
export interface Sleep {
  readonly module: string;
  readonly began: number;
  readonly ended: number;
}

/** What was written down of the processes that used a file, in the order of their beginnings. */
export async function readSleeps(file: string): Promise<readonly Sleep[]> {
  const rows = (await readFile(file, 'utf8')).trim().split('\n');
  return rows
    .map((row) => row.split(' '))
    .map(([module = '', began, ended]) => ({ module, began: Number(began), ended: Number(ended) }))
    .toSorted((left, right) => left.began - right.began);
}

/** What pytest found, without anything of ours in it but a listener. */
export interface PlainCollection {
  readonly items: readonly string[];
  /** Node ids of the test files that it entered. */
  readonly files: readonly string[];
  /** What it said of each collector that failed, by node id. */
  readonly failed: Readonly<Record<string, string>>;
  /** pytest's exit status. */
  readonly code: number;
  readonly peakBytes: number;
  /** Names of threads that are no daemons. */
  readonly threads: readonly string[];
  /** pid of what the conftest calls its server. */
  readonly server: number | null;
  /** Pairs that a quadratic hook kept, and what it has seen. */
  readonly pairs: number;
  readonly seen: number;
  /** It did not leave the line that was named. */
  readonly stuck: boolean;
  /** From before the process was started until after it had ended. */
  readonly wallMs: number;
}

export interface PlainOptions {
  /** Of pytest. Default: 8. */
  readonly major?: PytestMajor;
  /** Default: `python3`. */
  readonly python?: string;
  readonly args?: readonly string[];
  /** A Python expression: when it is true, SIGINT is sent. */
  readonly interruptWhen?: string;
  /** Source of a line: the run is ended when the main thread does not leave it. */
  readonly stuckAt?: string;
  /** Where it is written down which module sleeps, and how many processes begin to collect at the same time. */
  readonly sleeps?: { readonly file: string; readonly together?: number };
  /** Bytecode is kept in this folder. Default: none is written. */
  readonly bytecode?: string;
}

/**
 * Collects with a version of pytest that `npx nx run tools:pytests` has made available.
 *
 * @throws execa's error where it did not come to its end
 */
export async function collectPlainly(root: string, options: PlainOptions = {}): Promise<PlainCollection> {
  const answer = join(tmpdir(), `seaworthy-plain-${randomUUID()}.json`);
  const began = performance.now();
  try {
    const { sleeps, args = [] } = options;
    const plugin = sleeps === undefined ? [] : ['-p', 'sleeps'];
    await execa(options.python ?? 'python3', [PROGRAM, answer, ...plugin, ...args], {
      cwd: root,
      env: {
        PYTHONPATH: `${pytestFolder(options.major ?? 8)}:${FIXTURES}`,
        PYTHONDONTWRITEBYTECODE: options.bytecode === undefined ? '1' : '',
        PYTHONPYCACHEPREFIX: options.bytecode ?? '',
        PYTEST_ADDOPTS: '',
        PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1',
        INTERRUPT_WHEN: options.interruptWhen ?? '',
        STUCK_AT: options.stuckAt ?? '',
        SLEEPS_FILE: sleeps?.file ?? '',
        SLEEPS_TOGETHER: String(sleeps?.together ?? 1),
      },
      stdin: 'ignore',
      timeout: 120_000,
      killSignal: 'SIGKILL',
    });
    const found = JSON.parse(await readFile(answer, 'utf8')) as PlainCollection;
    return { ...found, wallMs: performance.now() - began };
  } finally {
    await rm(answer, { force: true });
  }
}
