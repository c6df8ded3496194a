import { expect, it } from 'vitest';
import { tellingLess } from '../../../src/scenarios/sandbox/less-than-declared.ts';
import { MIB, codesOf, observedSandbox } from '../observed.ts';

const judge = tellingLess(() => ({ findings: [], inconclusive: ['busy'] }));

it('a check of a smaller limit than is declared says so, and stays what it is', () => {
  const lessThanDeclared = { declaredBytes: 65_536 * MIB, because: 'no sandbox is given more than 1 GiB' };
  const judgement = judge({ sandbox: observedSandbox({ lessThanDeclared }) }, {});
  expect(codesOf(judgement)).toEqual(['LIM009 (note)']);
  expect(judgement).toMatchObject({
    inconclusive: ['busy'],
    findings: [
      { message: 'Checked at 100 MiB, declared 64 GiB, because no sandbox is given more than 1 GiB' },
    ],
  });
});

it('one of the declared limit says nothing', () => {
  expect(judge({ sandbox: observedSandbox() }, {}).findings).toEqual([]);
});
