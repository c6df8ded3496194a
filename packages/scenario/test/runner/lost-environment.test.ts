import { expect, it } from 'vitest';
import { EnvironmentMissing } from '../../src/environment-missing.ts';
import { engineErrorIn, lostEnvironment } from '../../src/runner/lost-environment.ts';

/** As the package for container engines names it. */
class EngineError extends Error {
  override readonly name = 'EngineError';
}

const lost = new EngineError('the engine is gone');
const defect = new TypeError('x is not a function');

it.each<[string, unknown, Error | undefined]>([
  ['itself', lost, lost],
  ['a cause', new Error('outer', { cause: new Error('inner', { cause: lost }) }), lost],
  ['what was suppressed', new SuppressedError(defect, lost), lost],
  ['what suppressed another one', new SuppressedError(lost, defect), lost],
  ['all that went wrong together', new AggregateError([lost, new EngineError('too')]), lost],
  ['one of several that went wrong together', new AggregateError([lost, defect]), undefined],
  ['none of it', defect, undefined],
  ['no error at all', 'EngineError', undefined],
])('an engine’s error is found where it is %s', (_, error, expected) => {
  expect(engineErrorIn(error)).toBe(expected);
});

it('says what is missing, and where to look', () => {
  expect(lostEnvironment(lost)).toEqual({
    what: 'a container engine that does what it is asked: the engine is gone',
    how: 'See to it that it answers (seaworthy doctor tells more), and run the scenario again',
  });
  expect(lostEnvironment(defect)).toBeUndefined();
});

it('what only trying could show to be missing is told as it is', () => {
  const missing = { what: 'a container of shop-tests', how: 'Start the engine' };
  expect(lostEnvironment(new EnvironmentMissing(missing, { cause: lost }))).toEqual(missing);
});

it('an error that is its own cause is looked at once', () => {
  const round = new Error('round');
  round.cause = round;
  expect(engineErrorIn(round)).toBeUndefined();
});
