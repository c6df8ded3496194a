import type { TreeFile } from '../tree-file.ts';

/**
 * An ini file of its own keeps pytest from looking for one, and for more conftests, in the folders above the tree. The conftest
 * makes it put the root on `sys.path`.
 */
export function rootFiles(title: string, fixtures = ''): readonly TreeFile[] {
  return [
    { path: 'pytest.ini', content: '[pytest]\n' },
    { path: 'conftest.py', content: `"""${title}"""\n${fixtures}` },
  ];
}
