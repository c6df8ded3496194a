import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';
import * as everything from '../src/index.ts';

const PACKAGE = join(import.meta.dirname, '..');
const README = readFileSync(join(PACKAGE, 'README.md'), 'utf8');

/** Name of the file, program, and what it prints. */
const EXAMPLES = [...README.matchAll(/`(\w+\.ts)`:\n\n```ts\n([^]*?)```\n\n```text\n([^]*?)\n```/g)].map(
  ([, name = '', program = '', output = '']) => [name, program, output] as const,
);

it('has two examples', () => {
  expect(EXAMPLES.map(([name]) => name)).toEqual(['exhaust.ts', 'growth.ts']);
});

it.each(EXAMPLES)(
  'the example %s of the README prints what the README says',
  async (name, program, output) => {
    const folder = mkdtempSync(join(tmpdir(), 'seaworthy-readme-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, name), program);
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    mkdirSync(join(folder, 'node_modules/@seaworthy'), { recursive: true });
    for (const dependency of ['resource-exhaustion', 'scenario']) {
      symlinkSync(join(PACKAGE, '..', dependency), join(folder, 'node_modules/@seaworthy', dependency));
    }

    const { stdout } = await execa(process.execPath, ['--conditions=@seaworthy/source', name], {
      cwd: folder,
    });

    expect(stdout).toBe(output);
  },
);

it.each(Object.keys(everything))('%s is in the README', (name) => {
  expect(README).toMatch(new RegExp(`\\b${name}\\b`));
});
