import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 50_000;

/** Waits until a file that is being written contains a text. */
export async function untilRow(file: string, text: string): Promise<void> {
  const start = performance.now();
  for (;;) {
    const content = await readFile(file, 'utf8').catch(() => '');
    if (content.includes(text)) return;
    if (performance.now() - start > PATIENCE_MS)
      throw new Error(`Expected ${text} in ${file}, got ${content}`);
    await sleep(20);
  }
}
