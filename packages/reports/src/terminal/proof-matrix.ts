import type { FaultProof, ScenarioProof } from '@seaworthy/scenario';
import { printable } from '../printable.ts';
import { formatDuration } from '../quantity.ts';
import { paintWith } from './paint.ts';
import type { Paint } from './paint.ts';

const STATES: Readonly<Record<FaultProof['state'], readonly [word: string, style: Parameters<Paint>[0]]>> = {
  caught: ['caught', 'green'],
  survived: ['SURVIVED', 'red'],
  'wrong-finding': ['WRONG FINDING', 'red'],
  'not-applied': ['NOT APPLIED', 'red'],
  void: ['VOID', 'red'],
  'environment-missing': ['no environment', 'yellow'],
};

/** One line for a fault that was tried: state, scenario and fault, the finding it must raise, what it breaks. */
export function formatProofLine(
  proof: FaultProof,
  { color = false, nameWidth = 44 }: { readonly color?: boolean; readonly nameWidth?: number } = {},
): string {
  const paint = paintWith(color);
  const [word, style] = STATES[proof.state];
  const name = printable(`${proof.scenario} ${proof.fault}`).padEnd(nameWidth);
  return `${paint(style, word.padEnd(14))} ${name} ${proof.raises.padEnd(8)} ${printable(proof.breaks)}`;
}

/**
 * What `prove` found out: every fault with its state, for those that were not caught what happened instead, the control
 * runs without a fault, and the totals.
 */
export function formatProofMatrix(
  proofs: readonly ScenarioProof[],
  { color = false }: { readonly color?: boolean } = {},
): string {
  const paint = paintWith(color);
  const faults = proofs.flatMap((proof) => proof.faults);
  const nameWidth = Math.max(20, ...faults.map((fault) => `${fault.scenario} ${fault.fault}`.length));
  const lines: string[] = [];
  for (const proof of proofs) {
    const controls = [`before ${proof.before.verdict}`];
    if (proof.after !== undefined) controls.push(`after ${proof.after.verdict}`);
    lines.push(
      `${paint('bold', printable(proof.id))}  ${paint('dim', `without a fault: ${controls.join(', ')}`)}`,
    );
    for (const fault of proof.faults) {
      lines.push(`  ${formatProofLine(fault, { color, nameWidth })}`);
      if (fault.applied !== undefined && fault.state !== 'caught')
        lines.push(`      in place: ${printable(fault.applied)}`);
      if (fault.state === 'wrong-finding' || fault.state === 'survived')
        lines.push(`      raised: ${fault.raised.length === 0 ? 'nothing' : fault.raised.join(', ')}`);
      if (fault.reason !== undefined) lines.push(`      ${printable(fault.reason)}`);
    }
  }
  const caught = faults.filter((fault) => fault.state === 'caught').length;
  const style = caught === faults.length ? 'green' : 'red';
  lines.push(
    '',
    `${paint([style, 'bold'], `${String(caught)} of ${String(faults.length)} faults caught`)} in ${formatDuration(elapsedMs(proofs))}`,
  );
  return `${lines.join('\n')}\n`;
}

/** From the start of the first control run to the end of the last one: every run with a fault lies between. */
function elapsedMs(proofs: readonly ScenarioProof[]): number {
  const controls = proofs.flatMap(({ before, after }) => (after === undefined ? [before] : [before, after]));
  const starts = controls.map(({ startedAt }) => Date.parse(startedAt));
  const ends = controls.map(({ durationMs }, i) => (starts[i] ?? 0) + durationMs);
  return controls.length === 0 ? 0 : Math.max(...ends) - Math.min(...starts);
}
