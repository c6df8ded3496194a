import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultPython } from '../find-pythons.ts';
import { standardLibraryOf } from '../reference/ask-reference.ts';
import { compareWithReference } from '../reference/compare.ts';
import { projectFolder } from './project-folder.ts';

const MUTATOR = join(import.meta.dirname, '../reference/mutate_sources.py');
const COUNT = 300;
const SEED = 20_261_124;

describe('mutated sources', () => {
  it(
    'yield the records that CPython’s own parser yields, wherever it accepts them',
    { timeout: 300_000 },
    async () => {
      const python = defaultPython().path;
      const folder = projectFolder([]);
      execFileSync(python, [MUTATOR, standardLibraryOf(python), folder, String(COUNT), String(SEED)]);
      const { mismatches, files, broken } = await compareWithReference(python, folder);
      expect({ files, broken, mismatches }).toEqual({ files: COUNT, broken: 0, mismatches: [] });
    },
  );
});
