import { expect, test } from 'vitest';
import { checkConfiguration } from '../../src/configuration/check-configuration.ts';
import { defineConfig } from '../../src/index.ts';

const place = (path: readonly string[]): string => `conf.ts:${path.join('/')}`;

test('a complete configuration passes unchanged', () => {
  const configuration = defineConfig({
    project: { python: '.venv/bin/python', roots: ['src'], exclude: ['build'] },
    imports: {
      roots: ['src'],
      exclude: ['**/gen'],
      baseline: 'cycles.json',
      verify: true,
      maxCycles: 0,
      maxLength: 5,
    },
    collection: { args: ['tests/unit'], timeout: '20m', scale: 0.1 },
    scenarios: { 'imports/project': { enabled: true, required: true, limits: { maxCycles: 30 } } },
    deadline: '5m',
  });
  expect(checkConfiguration(configuration, place)).toEqual(configuration);
});

test.each<[unknown, RegExp]>([
  [{ projct: {} }, /conf\.ts:projct: unknown key "projct"\. Did you mean "project"\?/],
  [
    { project: { pyton: 'x' } },
    /conf\.ts:project\/pyton: unknown key "project\.pyton"\. Did you mean "python"\?/,
  ],
  [
    { scenarios: { 'imports/leak': { limts: {} } } },
    /unknown key "scenarios\.imports\/leak\.limts"\. Did you mean "limits"\?/,
  ],
  [{ project: { python: 3 } }, /conf\.ts:project\/python: project\.python: .*string.*, got 3/],
  [{ imports: { maxCycles: -1 } }, /imports\.maxCycles: .*, got -1/],
  [{ imports: { maxCycles: 1.5 } }, /imports\.maxCycles: .*, got 1\.5/],
  [{ scenarios: { 'imports/leak': { limits: { growth: '5' } } } }, /limits\.growth: .*number.*, got "5"/],
  [{ scenarios: { 'imports/leak': { limits: { growth: Number.NaN } } } }, /limits\.growth: .*, got NaN/],
  [{ collection: { scale: 11 } }, /collection\.scale: .*, got 11/],
  [{ collection: { timeout: 90 } }, /collection\.timeout: .*, got 90/],
  [{ deadline: 'soon' }, /conf\.ts:deadline: deadline: .*"5m", got "soon"/],
  [[], /the configuration: .*object/],
  [null, /the configuration: .*object.*, got null/],
])('%j is refused', (configuration, message) => {
  expect(() => checkConfiguration(configuration, place)).toThrow(message);
});

test('all mistakes are told at once', () => {
  expect(() => checkConfiguration({ a: 1, imports: { verify: 'yes' } }, place)).toThrow(
    /"yes"[^]*"a"|"a"[^]*"yes"/,
  );
});
