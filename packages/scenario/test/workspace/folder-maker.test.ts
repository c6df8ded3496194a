import { mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { FolderMaker } from '../../src/workspace/folder-maker.ts';
import { temporaryFolder } from './running-tool.ts';

test('folders asked for at once under one name are all new, also beside what was there', async () => {
  using temporary = temporaryFolder();
  for (const name of ['tree', 'tree-3']) mkdirSync(join(temporary.path, name));
  const maker = new FolderMaker(temporary.path);
  const made = await Promise.all(['tree', 'tree', 'other', 'tree'].map((name) => maker.make(name)));
  expect(made.map((folder) => basename(folder)).sort()).toEqual(['other', 'tree-2', 'tree-4', 'tree-5']);
  expect(readdirSync(temporary.path)).toHaveLength(6);
});
