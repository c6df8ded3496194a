import { closeSync, mkdirSync, openSync, readdirSync, readlinkSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { openOutputs } from '../../src/run/open-outputs.ts';
import { OutputFile } from '../../src/run/output-file.ts';

/** What this process has open below a folder. */
function openBelow(folder: string): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(folder) ? [path] : [];
    } catch {
      return []; // That of the listing itself.
    }
  });
}

test('a file that cannot be looked at any more stops nobody who only wants it to stay small', async () => {
  await using workspace = await openWorkspace();
  const file = new OutputFile(join(await workspace.makeFolder('output'), 'stdout'));
  closeSync(file.fd);
  expect(() => file.cut()).not.toThrow();
  expect(() => file.text).toThrow('EBADF');
  // The number is taken again at once, so that disposing of the file closes nobody else's.
  expect(openSync('/dev/null', 'r')).toBe(file.fd);
  file[Symbol.dispose]();
});

test('where one of the files cannot be made, the other is closed and the folder removed', async () => {
  await using workspace = await openWorkspace();
  const inTheWay = {
    ...workspace,
    makeFolder: async (name: string) => {
      const folder = await workspace.makeFolder(name);
      mkdirSync(join(folder, 'stderr'));
      return folder;
    },
  };
  await expect(openOutputs(inTheWay)).rejects.toThrow('EISDIR');
  expect(openBelow(workspace.folder)).toEqual([]);
  expect((await readdir(workspace.folder)).filter((name) => name.includes('output'))).toEqual([]);
});
