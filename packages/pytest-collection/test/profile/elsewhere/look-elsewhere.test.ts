import { machine } from 'node:os';
import { openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import type { Answer } from '../../../src/profile/elsewhere/answer.ts';
import { lookElsewhere, type SeenElsewhere } from '../../../src/profile/elsewhere/look-elsewhere.ts';
import { recordingOf } from '../hand-made.ts';

/** The beginning of a 64-bit program: for which processor, and with which loader. */
function programOf(number: number, loader: string): string {
  const bytes = Buffer.alloc(4096);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  bytes.writeUInt16LE(number, 18);
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(1, 56);
  bytes.writeUInt32LE(3, 64);
  bytes.writeBigUInt64LE(1000n, 72);
  bytes.write(`${loader}\0`, 1000, 'latin1');
  return bytes.toString('base64');
}

const NOTHING: Answer = {
  machine: { processors: 4, statMicroseconds: [] },
  real: {},
  unwritable: [],
  exist: [],
  listings: {},
  texts: {},
};

async function seen(
  answer: Partial<Omit<Answer, 'machine'>> & { readonly machine?: Partial<Answer['machine']> },
): Promise<SeenElsewhere | undefined> {
  await using workspace = await openWorkspace();
  const whole = { ...NOTHING, ...answer, machine: { ...NOTHING.machine, ...answer.machine } };
  return await lookElsewhere(
    { pathHere: () => undefined, look: async () => ({ answer: whole, limits: { cpus: 0.5 } }) },
    { recording: recordingOf(), root: '/app', python: '/usr/bin/python3', workspace },
  );
}

test('an image of Alpine', async () => {
  const facts = await seen({ machine: { program: programOf(62, '/lib/ld-musl-x86_64.so.1') } });
  expect(facts?.machine).toMatchObject({ libc: 'musl', cpus: { visible: 4, quota: 0.5 } });
});

test('an image for another processor than that of the machine', async () => {
  const other = machine() === 'aarch64' ? 62 : 183;
  const facts = await seen({ machine: { program: programOf(other, '/lib/ld-linux.so') } });
  expect(facts?.machine.emulation).toMatch(/^the interpreter was built for \w+, the kernel runs on \w+$/);
});

test('a folder that is mounted from a slow place', async () => {
  const mountinfo = [
    '600 500 0:50 / / rw,relatime - overlay overlay rw,lowerdir=/l',
    '602 600 0:70 / /app rw - virtiofs share rw',
  ].join('\n');
  const facts = await seen({ machine: { mountinfo, statMicroseconds: [80, 90, 400, 70, 90] } });
  expect(facts?.machine).toMatchObject({ mount: { type: 'virtiofs' }, statMicroseconds: 90 });
});

test('files and sources', async () => {
  const { files, readSource } = (await seen({
    real: { '/app/link': '/srv' },
    unwritable: ['/app/tests'],
    exist: ['/app'],
    listings: { '/app': { folders: ['tests'], others: ['setup.py'] } },
    texts: { '/app/setup.py': '\uFEFFimport os\n' },
  }))!;
  expect([files.exists('/app'), files.exists('/srv')]).toEqual([true, false]);
  expect([files.isWritable('/app/tests'), files.isWritable('/app')]).toEqual([false, true]);
  expect([files.realPath('/app/link'), files.realPath('/app/other')]).toEqual(['/srv', undefined]);
  expect(files.entries('/app')).toEqual([
    { name: 'tests', isFolder: true },
    { name: 'setup.py', isFolder: false },
  ]);
  expect(files.entries('/srv')).toEqual([]);
  expect([readSource('/app/setup.py'), readSource('/srv/x.py')]).toEqual(['import os\n', undefined]);
});

test('nobody can be asked, or nobody answers', async () => {
  await using workspace = await openWorkspace();
  const place = { recording: recordingOf(), root: '/app', python: '/usr/bin/python3', workspace };
  const pathHere = (): undefined => undefined;
  expect(await lookElsewhere({ pathHere }, place)).toBeUndefined();
  expect(await lookElsewhere({ pathHere, look: async () => undefined }, place)).toBeUndefined();
});
