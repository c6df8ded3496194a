import { expect, it } from 'vitest';
import { withinBytes } from '../../../src/formats/markdown/within-bytes.ts';

it('leaves out whole sections, and says which', () => {
  const sections = [
    { name: 'verdict', lines: ['good'] },
    { name: 'tree', lines: ['x'.repeat(2000)] },
    { name: 'plugins', lines: ['y'.repeat(100)] },
    { name: 'imports', lines: [] },
  ];
  expect(withinBytes(sections, 10_000)).not.toContain('Left out');
  const cut = withinBytes(sections, 1000);
  expect(cut).toMatch(/^good\n\ny+\n\n_Left out, since there is too much of it: tree\._\n$/);
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(1000);
});
