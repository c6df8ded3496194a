import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bootGuest, type GuestOptions } from '../../src/engine-v2/guest.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'seaworthy-guest-'))));
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** An emulator that does this instead of booting anything. */
function options(script: string): GuestOptions {
  const emulator = join(folder, 'emulator');
  writeFileSync(emulator, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const file = (name: string) => join(folder, name);
  const disk = { kernel: file('kernel'), initialRamDisk: file('ram-disk'), disk: file('disk') };
  return { disk, port: 2398, logFile: file('log'), timeoutMs: 600_000, emulator };
}

describe('bootGuest', () => {
  it('does not wait for a machine that ended, and shows the end of its console', async () => {
    const boot = bootGuest(options('echo "no such disk"; exit 3'));
    await expect(boot).rejects.toThrow(/: it ended with exit code 3\.\n {2}no such disk$/);
  });

  it('does not wait for one that was killed', async () => {
    await expect(bootGuest(options('kill -9 $$'))).rejects.toThrow('it ended with SIGKILL');
  });

  it('switches it off when it is interrupted', async () => {
    const mark = join(folder, 'mark');
    const interrupted = new AbortController();
    const boot = bootGuest({ ...options(`echo $$ > ${mark}; exec sleep 1000`), signal: interrupted.signal });
    const failed = expect(boot).rejects.toThrow('Ended by SIGINT');
    await expect.poll(() => existsSync(mark), { timeout: 30_000 }).toBe(true);
    interrupted.abort(new Error('Ended by SIGINT.'));
    await failed;
  });

  it('tells of a time that is over', async () => {
    const boot = bootGuest({ ...options('exec sleep 1000'), timeoutMs: 300 });
    await expect(boot).rejects.toThrow('it has not answered within 0.3 s');
  });
});
