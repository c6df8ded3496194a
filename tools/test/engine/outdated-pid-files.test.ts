import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeOutdatedPidFiles, runningIn } from '../../src/engine/outdated-pid-files.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seaworthy-pids-'));
  file = join(folder, 'daemon.pid');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const ourName = readFileSync('/proc/self/comm', 'utf8').trim();

describe('pid files', () => {
  it('keeps the file of a program that runs', () => {
    writeFileSync(file, `${String(process.pid)}\n`);
    removeOutdatedPidFiles([{ file, program: ourName }]);
    expect(existsSync(file)).toBe(true);
    expect(runningIn({ file, program: ourName })).toBe(process.pid);
  });

  it('removes one whose number some other program has by now', () => {
    writeFileSync(file, String(process.pid));
    removeOutdatedPidFiles([{ file, program: 'dockerd' }]);
    expect(existsSync(file)).toBe(false);
  });

  it.each(['2147483646', '', '-1', 'nonsense'])('removes one that holds %j', (text) => {
    writeFileSync(file, text);
    removeOutdatedPidFiles([{ file, program: ourName }]);
    expect(existsSync(file)).toBe(false);
  });

  it('does nothing where there is none', () => {
    removeOutdatedPidFiles([{ file, program: 'dockerd' }]);
    expect(runningIn({ file, program: 'dockerd' })).toBeUndefined();
  });
});
