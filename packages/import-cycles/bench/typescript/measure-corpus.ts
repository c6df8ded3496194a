import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Corpus } from './corpora.ts';
import { countsOf } from './found-graph.ts';
import type { Counts } from './found-graph.ts';
import { measuredRun } from './measured-run.ts';
import type { Cost, Run } from './measured-run.ts';
import type { Peers } from './peers.ts';
import type { Program } from './programs.ts';

/** What a program cost and found. */
export interface Result {
  readonly program: string;
  readonly version: string | undefined;
  readonly cost?: Cost;
  readonly all?: Counts;
  readonly executed?: Counts;
  readonly failure?: string;
}

/** Runs all programs `rounds` times by turns, so that what else the machine does hits all alike. */
export function measureCorpus(
  corpus: Corpus,
  programs: readonly Program[],
  options: {
    readonly peers: Peers;
    readonly rounds: number;
    readonly scratch: string;
    readonly limitSeconds: number;
  },
): readonly Result[] {
  const { peers, scratch, limitSeconds } = options;
  const stdout = join(scratch, 'stdout');
  const outputFile = join(scratch, 'output.json');
  const runs = new Map<Program, Run[]>(programs.map((program) => [program, []]));
  const found = new Map<Program, Pick<Result, 'all' | 'executed' | 'failure'>>();
  for (let round = 0; round < options.rounds; round++) {
    for (const [program, costs] of runs) {
      if (program.packageName !== undefined && peers.versionOf(program.packageName) === undefined) continue;
      if (costs.some((run) => 'failure' in run)) continue;
      // Never to take one program's output for that of another.
      for (const file of [stdout, outputFile]) rmSync(file, { force: true });
      costs.push(
        measuredRun(program.command(outputFile), {
          cwd: corpus.folder,
          scratch,
          output: stdout,
          limitSeconds,
        }),
      );
      if (round === 0) found.set(program, read(program, { stdout, outputFile }, corpus.folder));
    }
  }
  return programs.map((program) => resultOf(program, runs.get(program)!, found.get(program), peers));
}

function read(
  program: Program,
  files: { readonly stdout: string; readonly outputFile: string },
  folder: string,
): Pick<Result, 'all' | 'executed' | 'failure'> {
  try {
    const { all, executed } = program.read(files, folder);
    return {
      ...(all ? { all: countsOf(all) } : {}),
      ...(executed ? { executed: countsOf(executed) } : {}),
    };
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { failure: isMissing ? 'ended without a result' : `not understood: ${(error as Error).message}` };
  }
}

function resultOf(
  program: Program,
  runs: readonly Run[],
  found: Pick<Result, 'all' | 'executed' | 'failure'> | undefined,
  peers: Peers,
): Result {
  const { packageName } = program;
  const version = packageName === undefined ? undefined : peers.versionOf(packageName);
  const base = { program: program.name, version };
  if (packageName !== undefined && version === undefined)
    return { ...base, failure: 'could not be installed' };
  const failed = runs.find((run) => 'failure' in run);
  if (failed) return { ...base, failure: failed.failure };
  const costs = runs.flatMap((run) => ('cost' in run ? [run.cost] : []));
  const middle = (pick: (cost: Cost) => number): number =>
    costs.map(pick).sort((a, b) => a - b)[costs.length >> 1]!;
  const cost = {
    cpuSeconds: middle((each) => each.cpuSeconds),
    wallSeconds: middle((each) => each.wallSeconds),
    peakMiB: middle((each) => each.peakMiB),
  };
  return { ...base, cost, ...found };
}
