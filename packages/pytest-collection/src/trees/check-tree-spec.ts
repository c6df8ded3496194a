import { UsageError } from '@seaworthy/scenario';
import type { FaultBrick, TreeSpec } from '../model/tree-spec.ts';
import { SMALLEST_KNOT } from './kinds/circular/plan-knots.ts';

const MOST_FILES = 100_000;
const MOST_TESTS = 1_000_000;
const MOST_MS = 24 * 60 * 60 * 1000;
const MOST_BYTES = 2 ** 40;

/** @throws UsageError `BAD_TREE` that names the value which makes no sense, and those that would. */
export function checkTreeSpec(spec: TreeSpec): void {
  const files = checkKind(spec);
  const bricks = spec.bricks ?? [];
  for (const brick of bricks) checkBrick(brick, files);
  const kinds = bricks.map(({ kind }) => kind);
  const twice = kinds.find((kind, index) => kinds.indexOf(kind) !== index);
  if (twice !== undefined) refuse('bricks', 'to be of different kinds', [twice, twice]);
}

/** The number of test files. */
function checkKind(spec: TreeSpec): number {
  switch (spec.kind) {
    case 'simple':
      checkWhole('files', spec.files, 1, MOST_FILES);
      checkWhole('tests', spec.tests, 1, MOST_TESTS);
      return spec.files;
    case 'nested':
      checkWhole('folders', spec.folders, 1, MOST_FILES);
      checkWhole('files', spec.files, 1, Math.floor(MOST_FILES / spec.folders));
      return spec.folders * spec.files;
    case 'circular':
      checkOneOf('imports', spec.imports, ['harmless', 'crashing', 'mixed']);
      checkWhole('modules', spec.modules, (spec.imports === 'mixed' ? 2 : 1) * SMALLEST_KNOT, MOST_FILES);
      if (spec.seed !== undefined) checkWhole('seed', spec.seed, 0, 2 ** 32 - 1);
      return spec.modules;
    default:
      return refuse('kind', 'to be simple, nested or circular', (spec as { kind: unknown }).kind);
  }
}

function checkBrick(brick: FaultBrick, files: number): void {
  const whole = (key: string, value: number, least: number, most: number): void =>
    checkWhole(`${key} of ${brick.kind}`, value, least, most);
  const oneOf = (key: string, value: unknown, values: readonly unknown[]): void =>
    checkOneOf(`${key} of ${brick.kind}`, value, values);
  switch (brick.kind) {
    case 'slow-import':
      return whole('ms', brick.ms, 0, MOST_MS);
    case 'leaky-conftest':
      return whole('bytesPerFile', brick.bytesPerFile, 1, MOST_BYTES);
    case 'quadratic-hook':
      oneOf('where', brick.where, ['modifyitems', 'per-file']);
      return oneOf('keep', brick.keep, ['time', 'memory']);
    case 'swallowed-interrupt':
    case 'lock-contention':
      return whole('holdsMs', brick.holdsMs, 0, MOST_MS);
    case 'parametrize-explosion':
      return whole('items', brick.items, 1, 10_000_000);
    case 'orphan-child':
      whole('seconds', brick.seconds, 0, MOST_MS / 1000);
      return oneOf('detached', brick.detached, [true, false]);
    case 'hanging-import':
      return oneOf('waitsFor', brick.waitsFor, ['socket', 'lock', 'child', 'sleep']);
    case 'import-error':
      return whole('count', brick.count, 1, files);
    case 'lost-files':
      return whole('every', brick.every, 1, files);
    case 'memory-hog':
      return whole('bytes', brick.bytes, 1, MOST_BYTES);
    case 'crash':
      return oneOf('signal', brick.signal, ['SIGSEGV', 'SIGABRT', 'SIGKILL']);
    case 'lingering-thread':
      return whole('seconds', brick.seconds, 0, MOST_MS / 1000);
    case 'misreported-imports':
      return oneOf('as', brick.as, ['fine', 'broken']);
    case 'ignores-sigint':
      return whole('holdsMs', brick.holdsMs ?? 0, 0, MOST_MS);
    case 'corrupting-cache':
      return oneOf('cache', brick.cache ?? 'pytest', ['pytest', 'bytecode']);
    default:
      return refuse('a brick', 'to be of a known kind', (brick as { kind: unknown }).kind);
  }
}

function checkWhole(key: string, value: number, least: number, most: number): void {
  if (!(Number.isInteger(value) && value >= least && value <= most)) {
    refuse(key, `to be a whole number from ${least} to ${most}`, value);
  }
}

function checkOneOf(key: string, value: unknown, values: readonly unknown[]): void {
  if (!values.includes(value)) refuse(key, `to be one of ${values.join(', ')}`, value);
}

function refuse(key: string, expected: string, value: unknown): never {
  const shown = typeof value === 'number' ? String(value) : JSON.stringify(value);
  throw new UsageError('BAD_TREE', `Expected ${key} of a generated tree ${expected}, got ${shown}`);
}
