import { mkdirSync, rmdirSync } from 'node:fs';
import { openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { passOn, passesOn, takeBack, type SubtreeControl } from '../../src/make/passed-on.ts';

/** As kernels answer, see cgroup-v2.rst: memory is refused where processes are, while cpu and pids make the cgroup threaded. */
function kernel(available: readonly string[], { busy = false } = {}): SubtreeControl & { written: string[] } {
  const on = new Set<string>();
  const written: string[] = [];
  return {
    written,
    read: () => `${[...on].join(' ')}\n`,
    write: (_, change) => {
      written.push(change);
      const controller = change.slice(1);
      if (!available.includes(controller)) throw new Error('ENOENT');
      if (busy && controller === 'memory') throw new Error('EBUSY');
      if (change.startsWith('+')) on.add(controller);
      else on.delete(controller);
    },
  };
}

test('where processes are, nothing is changed: no half of the controllers, which would make it a threaded cgroup', async () => {
  await using workspace = await openWorkspace();
  const control = kernel(['memory', 'cpu', 'pids'], { busy: true });
  expect(passOn(workspace.folder, control)).toBe(false);
  expect(control.written).toEqual(['+memory']);
  takeBack(workspace.folder, control);
  expect(control.written).toEqual(['+memory']);
});

test('what was changed is taken back when nothing is below any more, and nothing else', async () => {
  await using workspace = await openWorkspace();
  const folder = await workspace.makeFolder('cgroup');
  const control = kernel(['memory', 'cpu']);
  control.write(folder, '+cpu'); // By somebody else.
  expect(passOn(folder, control)).toBe(true);
  mkdirSync(`${folder}/below`);
  takeBack(folder, control);
  expect(passesOn(folder, 'memory', control)).toBe(true);
  rmdirSync(`${folder}/below`);
  takeBack(folder, control);
  expect(control.read(folder)).toBe('cpu\n');
  const before = control.written.length;
  takeBack(folder, control);
  expect(control.written).toHaveLength(before);
});
