import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Workspace } from '@seaworthy/scenario';
import type { Canary, CanaryVerdict } from '../../model/safety.ts';

const USUAL = 0.95;

/** Starts a small process outside of every sandbox, which must not notice what happens in one. Resolves once it is awake. */
export async function startCanary(workspace: Workspace): Promise<Canary> {
  const owned = workspace.spawn(process.execPath, ['--max-semi-space-size=1', findProgram()], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const { stdin, stdout } = owned.child;
  if (stdin === null || stdout === null) throw new Error('Expected pipes to the canary');
  stdin.on('error', () => {}); // It is gone, which the verdict says.
  const late: number[] = [];
  let refusedAllocations = 0;
  let alive = true;
  void owned.exited.then(() => (alive = false));
  const lines = createInterface({ input: stdout });
  lines.on('line', (line) => {
    const tick = readTick(line);
    if (tick === undefined) return;
    late.push(tick.lateMs);
    if (tick.refused) refusedAllocations += 1;
  });
  await Promise.race([once(lines, 'line'), owned.exited]);
  return {
    pid: owned.pid,
    verdict: (): CanaryVerdict => {
      const sorted = late.toSorted((a, b) => a - b);
      return {
        alive,
        ticks: late.length,
        longestStallMs: sorted.at(-1) ?? 0,
        usualStallMs: sorted[Math.floor(sorted.length * USUAL)] ?? 0,
        refusedAllocations,
      };
    },
    kill: (signal) => void owned.child.kill(signal),
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  };
}

/** `undefined` for what is no line of a canary: one that is killed may leave the last one unfinished. */
export function readTick(line: string): { readonly lateMs: number; readonly refused: boolean } | undefined {
  const [, late, refused] = /^\[(\d+(?:\.\d+)?),(true|false)\]$/.exec(line) ?? [];
  return late === undefined ? undefined : { lateMs: Number(late), refused: refused === 'true' };
}

/** From the sources, Node runs the TypeScript file as it is; what is published has it built. */
function findProgram(): string {
  let root = import.meta.dirname;
  while (!existsSync(join(root, 'package.json')) && root !== dirname(root)) root = dirname(root);
  return import.meta.filename.endsWith('.ts')
    ? join(root, 'src/safety/canary/main.ts')
    : join(root, 'dist/safety/canary/main.js');
}
