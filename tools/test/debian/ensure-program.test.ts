import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { findProgram } from '../../src/debian/find-program.ts';

const program = join(import.meta.dirname, '../../src/ensure-program.ts');

it('names a program that is here, and installs nothing', async () => {
  const { stdout } = await execa`${process.execPath} ${program} sh no-such-package`;
  expect(stdout).toBe(`Found ${findProgram('sh') ?? ''}`);
});
