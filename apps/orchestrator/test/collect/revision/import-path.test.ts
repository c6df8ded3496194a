import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { importPaths } from '../../../src/collect/revision/import-path.ts';
import { Sandbox } from '../../cli/seaworthy.ts';

const signal = new AbortController().signal;

/** An interpreter whose site does what installing in editable mode does. */
const SITE = `
import sys
class Finder:
    pass
Finder.__module__ = "__editable___shop_finder"
module = type(sys)("__editable___shop_finder")
module.MAPPING = {"shop": "TREE/lib/shop"}
sys.modules[module.__name__] = module
sys.meta_path.append(Finder())
Finder.find_spec = classmethod(lambda *_: None)
sys.path += ["TREE/src", "TREE/.venv/site", "/usr/lib/elsewhere"]
`;

test('what is found in the working tree is found in the revision instead', async () => {
  using sandbox = new Sandbox({ 'src/a.py': '', 'lib/shop/__init__.py': '', '.venv/site/x.py': '' });
  const top = join(sandbox.folder, 'export');
  for (const folder of ['src', 'lib/shop']) mkdirSync(join(top, folder), { recursive: true });
  const site = join(sandbox.folder, 'site');
  mkdirSync(site);
  writeFileSync(join(site, 'sitecustomize.py'), SITE.replaceAll('TREE', sandbox.project));
  await using workspace = await openWorkspace({ temporaryFolder: sandbox.temporary });
  const env = { ...process.env, PYTHONPATH: site };
  const asking = { workspace, env, signal };
  expect(await importPaths('python3', { top, workingTree: sandbox.project }, asking)).toEqual({
    revision: `${top}/src:${top}/lib:${site}`,
    workingTree: `${sandbox.project}/src:${sandbox.project}/lib:${site}`,
  });
});

test('nothing is changed where nothing is', async () => {
  using sandbox = new Sandbox();
  await using workspace = await openWorkspace({ temporaryFolder: sandbox.temporary });
  const asking = { workspace, env: process.env, signal };
  const tree = { top: sandbox.folder, workingTree: sandbox.project };
  const nothing = { revision: undefined, workingTree: undefined };
  expect(await importPaths('python3', tree, asking)).toEqual(nothing);
  expect(await importPaths('false', tree, asking)).toEqual(nothing);
});
