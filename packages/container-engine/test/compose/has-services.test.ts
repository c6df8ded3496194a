import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mayHaveServices } from '../../src/index.ts';
import { WrittenFiles } from './written-files.ts';

it.each<[string, Readonly<Record<string, string>>, boolean]>([
  ['no services', { 'a.yaml': 'services: {}\n' }, false],
  ['a key without a value', { 'a.yaml': 'services:\n' }, false],
  ['other keys alone', { 'a.yaml': 'name: shop\nnetworks: {x: {}}\n' }, false],
  ['a service', { 'a.yaml': 'services: {tests: {image: x}}\n' }, true],
  ['a service in the second file', { 'a.yaml': 'services: {}\n', 'b.yaml': 'services: {t: {}}\n' }, true],
  ['files that are included', { 'a.yaml': 'include: [b.yaml]\n' }, true],
  ['a mistake', { 'a.yaml': 'services: [tests]\n' }, true],
  ['no YAML', { 'a.yaml': 'services: {\n' }, true],
])('%s', (_, texts, expected) => {
  using files = new WrittenFiles(texts);
  expect(mayHaveServices(Object.keys(texts).map((name) => join(files.folder, name)))).toBe(expected);
});

it('a file that is not there may have some', () => {
  expect(mayHaveServices(['/no/such/compose.yaml'])).toBe(true);
});
