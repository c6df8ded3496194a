import { describe, expect, it } from 'vitest';
import { defaultPython } from '../find-pythons.ts';
import { standardLibraryOf } from '../reference/ask-reference.ts';
import { compareWithReference } from '../reference/compare.ts';
import { projectFolder } from './project-folder.ts';

describe('the standard library, import by import', () => {
  it('yields the records and components that CPython’s own parser yields', { timeout: 300_000 }, async () => {
    const python = defaultPython().path;
    const { mismatches, ...figures } = await compareWithReference(python, standardLibraryOf(python));
    console.log(
      `CPython ${figures.version}: ${figures.files} files, ${figures.records} import records, ` +
        `${figures.edges} of them inside, ${figures.components} components, ${mismatches.length} mismatches; ` +
        `${figures.brokenReported} of ${figures.broken} files that CPython rejects are reported`,
    );
    expect(mismatches).toEqual([]);
    expect(figures.files).toBeGreaterThan(500);
    expect(figures.components).toBeGreaterThan(5);
  });

  it('and stubs, which nothing executes, as that parser and the rules of the graph have it', async () => {
    const folder = projectFolder({
      'pkg/__init__.py': 'from .a import A\n',
      'pkg/a.pyi': 'from . import b\nfrom .built import x\n',
      'pkg/b.pyi': 'from .a import A\n',
      'pkg/built.pyi': 'import pkg\n',
      'pkg/built.abi3.so': '',
    });
    const python = defaultPython().path;
    const { mismatches, edges, components } = await compareWithReference(python, folder);
    expect({ mismatches, edges, components }).toEqual({ mismatches: [], edges: 5, components: 0 });
  });
});
