import type { Finding, Judgement } from '@seaworthy/scenario';
import { bytesAsText } from './amounts.ts';
import type { ObservedSandbox } from './observed-sandbox.ts';

/** A memory limit that is declared, and that no sandbox is given: bytes, and why. */
export interface LessThanDeclared {
  readonly declaredBytes: number;
  /** Continues `because`. */
  readonly because: string;
}

type Judge<Observation, Limits> = (observation: Observation, limits: Limits) => Judgement;

/** A judge of what rests on the memory limit: where another size was tried than the one that is declared, it says so. */
export function tellingLess<Observation extends { readonly sandbox: ObservedSandbox }, Limits>(
  judge: Judge<Observation, Limits>,
): Judge<Observation, Limits> {
  return (observation, limits) => {
    const judgement = judge(observation, limits);
    const { lessThanDeclared: less } = observation.sandbox;
    return less === undefined
      ? judgement
      : { ...judgement, findings: [...judgement.findings, noteOf(less, observation.sandbox)] };
  };
}

function noteOf({ declaredBytes, because }: LessThanDeclared, { declared, name }: ObservedSandbox): Finding {
  const [tried, wanted] = [declared.memoryBytes, declaredBytes].map(bytesAsText);
  return {
    code: 'LIM009',
    severity: 'note',
    message: `Checked at ${tried}, declared ${wanted}, because ${because}`,
    evidence: [`tried in ${name}`],
    cause: { text: because, certainty: 'certain' },
  };
}
