import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '@seaworthy/scenario';
import type {
  CombinedExhaustion,
  CombinedPart,
  CombinedRequest,
  ExerciseResult,
} from '../model/exhaustion.ts';
import type { Sandbox } from '../model/sandbox.ts';
import { checkTimes } from '../pressure/check-request.ts';
import { endVictims } from '../pressure/end-victims.ts';
import { exerciseVictim } from '../pressure/exercise-victim.ts';
import { Patience } from '../pressure/patience.ts';
import { ControlQuestions } from './control-questions.ts';
import { cpuPart } from './cpu-part.ts';
import { descriptorPart } from './descriptor-part.ts';
import { diskPart } from './disk-part.ts';
import { memoryPart } from './memory-part.ts';
import { isBack, look, watchOverlap, type Watched } from './overlap.ts';
import type { Part } from './part.ts';
import { UnorderedEnds } from './unordered-ends.ts';

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_OVERLAP_MS = 3_000;
const BACK_WITHIN_MS = 3_000;
const EXERCISE_WITHIN_MS = 10_000;
const NOTHING: ExerciseResult = {
  answered: false,
  answerMs: 0,
  reservedRead: false,
  openFile: false,
  spawn: false,
  importModule: false,
};

/**
 * Exhausts several resources of a sandbox at once and holds them until all were at their levels at the same time for so long, while
 * the keeper is asked for signs of life; then gives everything back and looks how it recovered.
 *
 * @throws UsageError for a request that makes no sense
 * @throws KeeperGone, FiguresGone where the sandbox is lost, or cannot be measured, whenever that is
 * @throws KeeperRefused where no further process may run in it
 */
export async function exhaustTogether(
  sandbox: Sandbox,
  request: CombinedRequest,
): Promise<CombinedExhaustion> {
  const { inside } = sandbox.keeper;
  checkRequest(request);
  using patience = new Patience(request.signal, request.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const bystander = await sandbox.keeper.startVictim();
  const parts: Part[] = [];
  try {
    for await (const part of makeParts(sandbox, request, patience)) parts.push(part);
    const ends = new UnorderedEnds([bystander, ...parts.flatMap(({ victims }) => victims)]);
    // A victim that answers has given away what it had of the keeper.
    await patience.wait(
      Promise.all(parts.flatMap(({ victims }) => victims.map((victim) => victim.memory(0)))),
    );
    const before = await levelsOf(sandbox, parts);
    const killsBefore = (await sandbox.gauge.read()).kills?.own;
    const problems = new Map<Part, string>();
    for (const part of parts) {
      const problem = await part.start();
      if (problem !== undefined) problems.set(part, problem);
    }
    using control = new ControlQuestions(inside);
    const exerciser = parts.find(({ part }) => part === 'descriptors')?.victims[0] ?? bystander;
    let exercise: Promise<ExerciseResult> | undefined;
    const watched = await watchOverlap(sandbox, parts, {
      overlapMs: request.overlapMs ?? DEFAULT_OVERLAP_MS,
      patience,
      ends,
      onOverlap: () => (exercise ??= exerciseVictim(exerciser, patience)),
    });
    const duringOverlap = (await exercise) ?? NOTHING;
    const figures = control.figures;
    const deaths = ends.deaths(parts.flatMap(({ deaths: met = [] }) => met));
    if (request.fault !== 'keep') await Promise.all(parts.map((part) => part.release()));
    const { afterwards, recoveredMs } = await recover(sandbox, parts, before);
    const killsAfter = (await sandbox.gauge.read()).kills?.own;
    using later = new Patience(request.signal, EXERCISE_WITHIN_MS);
    return {
      outcome: watched.ended,
      parts: parts.map((part) => partFigures(part, { before, afterwards, watched, problems })),
      overlapMs: watched.overlapMs,
      control: figures,
      duringOverlap,
      afterwards: await exerciseVictim(exerciser, later),
      deaths,
      ...(killsBefore === undefined ? {} : { killsBefore }),
      ...(killsAfter === undefined ? {} : { killsAfter }),
      recoveredMs,
    };
  } finally {
    await Promise.allSettled(parts.map((part) => part.release()));
    await endVictims([bystander, ...parts.flatMap(({ victims }) => victims)]);
  }
}

type Levels = ReadonlyMap<Part, number | undefined>;

/** A senseless request starts nothing. */
function checkRequest({ memory, cpu, descriptors, disk, overlapMs }: CombinedRequest): void {
  checkTimes({ overlapMs });
  const shares = { memory, cpu, descriptors, disk };
  const given = Object.entries(shares).filter(([, share]) => share !== undefined);
  const isPossible = ([name, share]: [string, number | 'untilFull' | undefined]): boolean =>
    share === 'untilFull' ? name === 'descriptors' || name === 'disk' : share! > 0 && share! <= 1;
  if (given.length > 0 && given.every(isPossible)) return;
  throw new UsageError(
    'COMBINED_REQUEST',
    `Expected at least one of memory, cpu, descriptors and disk, each a share above 0 and up to 1 (or 'untilFull' for the last two), got ${given.map(([name, share]) => `${name}: ${share}`).join(', ') || 'none'}`,
  );
}

/** In the order in which they are started: disk before memory, which counts it; CPU last, since it slows all others. */
async function* makeParts(
  sandbox: Sandbox,
  request: CombinedRequest,
  patience: Patience,
): AsyncGenerator<Part, void> {
  const { memory, cpu, descriptors, disk, fault } = request;
  let diskBytes = 0;
  if (disk !== undefined) {
    const part = await diskPart(sandbox, { share: disk, patience });
    diskBytes = part.target;
    yield part;
  }
  if (memory !== undefined) {
    const besideBytes = fault === 'disk-beside-memory' ? diskBytes : 0;
    yield await memoryPart(sandbox, { share: memory, besideBytes, patience });
  }
  if (descriptors !== undefined) {
    const unreserved = fault === 'no-reserve';
    yield await descriptorPart(sandbox, { share: descriptors, unreserved, patience });
  }
  if (cpu !== undefined) yield await cpuPart(sandbox, { share: cpu, patience });
}

async function levelsOf(sandbox: Sandbox, parts: readonly Part[]): Promise<Levels> {
  const sight = await look(sandbox);
  return new Map(parts.map((part) => [part, part.level(sight)]));
}

async function recover(
  sandbox: Sandbox,
  parts: readonly Part[],
  before: Levels,
): Promise<{ afterwards: Levels; recoveredMs: number }> {
  const start = performance.now();
  let afterwards = await levelsOf(sandbox, parts);
  const isDone = (): boolean => parts.every((part) => isBack(part, before.get(part), afterwards.get(part)));
  while (!isDone() && performance.now() - start < BACK_WITHIN_MS) {
    await sleep(100);
    afterwards = await levelsOf(sandbox, parts);
  }
  return { afterwards, recoveredMs: Math.round(performance.now() - start) };
}

function partFigures(
  part: Part,
  context: { before: Levels; afterwards: Levels; watched: Watched; problems: ReadonlyMap<Part, string> },
): CombinedPart {
  const [before, afterwards] = [context.before.get(part), context.afterwards.get(part)];
  const reachedAfterMs = context.watched.reachedAfterMs.get(part);
  const held = context.watched.held.get(part);
  const problem = context.problems.get(part);
  return {
    part: part.part,
    target: part.target,
    reached: reachedAfterMs !== undefined,
    ...(reachedAfterMs === undefined ? {} : { reachedAfterMs }),
    ...(held === undefined ? {} : { held }),
    ...(before === undefined ? {} : { before }),
    ...(afterwards === undefined ? {} : { afterwards }),
    recovered: isBack(part, before, afterwards),
    ...(problem === undefined ? {} : { problem }),
  };
}
