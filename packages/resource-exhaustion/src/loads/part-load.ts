import { setTimeout as sleep } from 'node:timers/promises';
import type { Load, MeasureContext, RunningLoad } from '@seaworthy/scenario';
import { look } from '../combined/overlap.ts';
import type { Part } from '../combined/part.ts';
import type { Sandbox, SandboxLimits, Tier } from '../model/sandbox.ts';
import { checkTimes } from '../pressure/check-request.ts';
import { endVictims } from '../pressure/end-victims.ts';
import { Patience } from '../pressure/patience.ts';
import { openSandbox } from '../sandbox/open-sandbox.ts';

export interface LoadOptions {
  /** Forces where it runs; the best that can be had by default. */
  readonly tier?: Tier;
  /** Until the level must be reached, ms from when the sandbox is there; 30 s by default. */
  readonly timeoutMs?: number;
}

export interface PartLoad extends LoadOptions {
  readonly name: string;
  /** The sandbox in which the pressure is made, so that it can be no larger. */
  readonly request: Partial<SandboxLimits>;
  part(sandbox: Sandbox, patience: Patience): Promise<Part>;
  /** Of a level, for people. */
  levelAsText(level: number): string;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const LOOK_EVERY_MS = 100;
const FOR_EVER_MS = 86_400_000;

type Reached = Awaited<RunningLoad['reached']>;

/** One pressure in a sandbox of its own, as a load for scenarios that watch something else. */
export function partLoad(options: PartLoad): Load {
  return { name: options.name, start: (context) => startLoad(options, context) };
}

async function startLoad(
  options: PartLoad,
  context: Pick<MeasureContext, 'environment' | 'workspace' | 'signal'>,
): Promise<RunningLoad> {
  const { request, tier, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  checkTimes({ timeoutMs });
  const sandbox = await openSandbox({ ...context, request, ...(tier === undefined ? {} : { tier }) });
  const stop = new AbortController();
  const patience = new Patience(AbortSignal.any([context.signal, stop.signal]), FOR_EVER_MS);
  let reach!: (reached: Reached) => void;
  const reached = new Promise<Reached>((resolve) => (reach = resolve));
  const seen = { evidence: `Nothing was there yet in ${sandbox.name}` };
  // What starts the pressure may hang, or take its time.
  const late = setTimeout(
    () => reach({ reached: false, evidence: `${seen.evidence} after ${timeoutMs} ms` }),
    timeoutMs,
  );
  const running = run(options, { sandbox, patience, seen, reach })
    .catch((error: unknown) => reach({ reached: false, evidence: String(error) }))
    .finally(async () => {
      clearTimeout(late);
      patience[Symbol.dispose]();
      await sandbox[Symbol.asyncDispose]();
    });
  running.catch(() => undefined); // Whoever disposes of it meets it again.
  return {
    reached,
    ended: running,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

async function run(
  { part: makePart, levelAsText }: PartLoad,
  context: {
    sandbox: Sandbox;
    patience: Patience;
    /** The latest that is known. */
    seen: { evidence: string };
    reach: (reached: Reached) => void;
  },
): Promise<void> {
  const { sandbox, patience, seen, reach } = context;
  const part = await makePart(sandbox, patience);
  let isDead = false;
  for (const { ended } of part.victims) void ended.then(() => (isDead = true));
  try {
    seen.evidence = `${levelAsText(part.target)} were not taken yet in ${sandbox.name}`;
    const problem = await part.start();
    for (; !patience.over && !isDead; await sleep(LOOK_EVERY_MS)) {
      const level = part.level(await look(sandbox));
      const figure = level === undefined ? 'An unknown level' : levelAsText(level);
      seen.evidence = `${figure} of ${levelAsText(part.target)} in ${sandbox.name}${problem === undefined ? '' : `; ${problem}`}`;
      if (level !== undefined && part.isAt(level)) reach({ reached: true, evidence: seen.evidence });
      await patience.wait(part.keep());
    }
    reach({
      reached: false,
      evidence: `${isDead ? 'A victim was killed' : 'Ended'} before ${levelAsText(part.target)} was reached`,
    });
  } finally {
    await part.release().catch(() => undefined);
    await endVictims(part.victims);
  }
}
