import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const WITHIN_MS = 2_000;
const LOOK_EVERY_MS = 25;

/** Asks for the stacks of a process and waits until they were written, for 2 s at most. */
export async function askForStacks(ask: () => void, stacksFile: string): Promise<void> {
  const before = await readText(stacksFile);
  ask();
  const start = performance.now();
  for (let last = before; performance.now() - start < WITHIN_MS;) {
    await sleep(LOOK_EVERY_MS);
    const now = await readText(stacksFile);
    if (now !== before && now === last) return; // Nothing was added since the last look.
    last = now;
  }
}

/** Empty where there is no such file. */
export async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
