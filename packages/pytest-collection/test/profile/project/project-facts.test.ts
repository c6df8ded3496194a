import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { foldersInVain } from '../../../src/profile/project/folder-walk.ts';
import { missingNames } from '../../../src/profile/project/missing-names.ts';
import { repeatedFolders } from '../../../src/profile/project/repeated-folders.ts';
import { readProjectFacts } from '../../../src/profile/project/read-project-facts.ts';
import { sourceReader } from '../../../src/profile/source/read-source.ts';
import { recordedProc as folderOf } from '../machine/recorded-proc.ts';
import { recordingOf } from '../hand-made.ts';

describe('folders in vain', () => {
  test('the outermost ones, without what pytest does not enter either', () => {
    const root = folderOf({
      'tests/unit/test_a.py': '',
      'tests/data/rows/1.csv': '',
      'tests/data/2.csv': '',
      'docs/index.md': '',
      'node_modules/left-pad/index.js': '',
      '.git/config': '',
      'env/pyvenv.cfg': '',
      'env/lib/x.py': '',
    });
    const found = foldersInVain([root], [join(root, 'tests/unit/test_a.py')]);
    expect(found.sort((left, right) => (left.path < right.path ? -1 : 1))).toEqual([
      { path: join(root, 'docs'), entries: 1 },
      { path: join(root, 'tests/data'), entries: 3 },
    ]);
  });

  test('a start that is not there', () => expect(foldersInVain(['/nowhere'], [])).toEqual([]));
});

describe('symbolic links', () => {
  test('that lead round, and to a folder that was collected already', () => {
    const root = folderOf({ 'tests/test_a.py': '', 'shared/test_b.py': '' });
    symlinkSync(root, join(root, 'tests/again'));
    symlinkSync(join(root, 'shared'), join(root, 'tests/shared'));
    const paths = [
      'tests/test_a.py',
      'shared/test_b.py',
      'tests/again/tests/test_a.py',
      'tests/shared/test_b.py',
    ];
    expect(
      repeatedFolders(
        paths.map((path) => join(root, path)),
        root,
      ),
    ).toEqual([
      { path: join(root, 'tests/again'), target: root, loop: true },
      { path: join(root, 'tests/shared'), target: join(root, 'shared'), loop: false },
    ]);
  });

  test('to what is collected nowhere else are no harm', () => {
    const root = folderOf({ 'tests/test_a.py': '', 'elsewhere/test_b.py': '' });
    mkdirSync(join(root, 'project'));
    symlinkSync(join(root, 'elsewhere'), join(root, 'project/tests'));
    expect(repeatedFolders([join(root, 'project/tests/test_b.py')], join(root, 'project'))).toEqual([]);
  });

  test('a root that is a link itself', () => {
    const root = folderOf({ 'real/tests/test_a.py': '' });
    symlinkSync(join(root, 'real'), join(root, 'link'));
    expect(repeatedFolders([join(root, 'link/tests/test_a.py')], join(root, 'link'))).toEqual([]);
  });
});

describe('names that Python calls part of a circular import', () => {
  const of = (root: string, name: string) => {
    const message = `cannot import name '${name}' from partially initialized module 'shop' (most likely due to a circular import) (${root}/shop/__init__.py)`;
    return missingNames([{ message, traceback: `E   ImportError: ${message}` }], '3.11.7', sourceReader());
  };

  test('an extension that was built for another interpreter', () => {
    const root = folderOf({
      'shop/__init__.py': 'from . import _fast\n',
      'shop/_fast.cpython-310-x86_64-linux-gnu.so': '',
      'shop/_fast.pyx': '',
    });
    expect(of(root, '_fast')).toEqual([
      {
        name: '_fast',
        module: 'shop',
        folder: `${root}/shop`,
        exists: false,
        otherBuilds: ['_fast.cpython-310-x86_64-linux-gnu.so'],
        sources: ['_fast.pyx'],
      },
    ]);
  });

  test.each([
    ['built for this one', { 'shop/_fast.cpython-311-x86_64-linux-gnu.so': '' }],
    ['built for all', { 'shop/_fast.abi3.so': '' }],
    ['a module', { 'shop/_fast.py': '' }],
    ['a package', { 'shop/_fast/__init__.py': '' }],
    ['a name', { 'shop/__init__.py': 'from . import cart\n_fast = None\n' }],
    ['a function', { 'shop/__init__.py': 'from . import cart\ndef _fast(): pass\n' }],
    ['imported from elsewhere', { 'shop/__init__.py': 'from .cart import (\n    _fast,\n)\n' }],
  ])('%s: it is there, so the circle may be real', (_, files) => {
    const root = folderOf({ 'shop/__init__.py': 'from . import _fast\n', ...files });
    expect(of(root, '_fast')).toMatchObject([{ exists: true }]);
  });

  test('a module that is no package has no submodules', () => {
    const message =
      "cannot import name 'x' from partially initialized module 'shop' (most likely due to a circular import) (/a/shop.py)";
    expect(missingNames([{ message, traceback: '' }], '3.11.7', () => undefined)).toEqual([]);
  });
});

test('a folder that cannot be written, and starts given by arguments', () => {
  const root = folderOf({ 'tests/test_a.py': '', 'tests/data/1.csv': '', 'other/2.csv': '' });
  const recording = recordingOf({
    collectors: [
      {
        parent: 0,
        kind: 'Module',
        nodeId: 'tests/test_a.py',
        path: join(root, 'tests/test_a.py'),
        atMs: 1,
        items: 1,
      },
    ],
    pytest: { ...recordingOf().pytest!, rootdir: root, args: ['-q', 'tests'] },
  });
  const facts = readProjectFacts(recording, root, sourceReader());
  expect(facts).toEqual({ vain: [{ path: join(root, 'tests/data'), entries: 1 }], links: [], names: [] });
  chmodSync(join(root, 'tests'), 0o555);
  // Permissions do not bind root; everyone else is bound.
  const unwritable = readProjectFacts(recording, root, sourceReader()).unwritable;
  expect(unwritable).toBe(process.getuid?.() === 0 ? undefined : join(root, 'tests'));
  chmodSync(join(root, 'tests'), 0o755);
});
