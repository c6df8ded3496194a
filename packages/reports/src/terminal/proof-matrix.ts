import type { Interruption } from '@seaworthy/run-record';
import type { FaultProof, ScenarioProof } from '@seaworthy/scenario';
import { printable } from '../printable.ts';
import { formatDuration } from '../quantity.ts';
import { interruptionText } from './interruption-text.ts';
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
  {
    color = false,
    interrupted,
  }: { readonly color?: boolean; readonly interrupted?: Interruption | undefined } = {},
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
    `${paint([style, 'bold'], [`${String(caught)} of ${String(faults.length)} faults caught`, ...notCaught(proofs)].join(', '))} in ${formatDuration(elapsedMs(proofs))}`,
    ...(interrupted === undefined ? [] : [paint('yellow', interruptionText(interrupted))]),
  );
  return `${lines.join('\n')}\n`;
}

/** Why the others were not caught: only what was tried, and raised no finding of its own, is a check that misses something. */
function notCaught(proofs: readonly ScenarioProof[]): string[] {
  const counts = new Map<string, number>();
  for (const proof of proofs) {
    for (const { state } of proof.faults) {
      if (state === 'caught') continue;
      const text = whyNotCaught(state, proof);
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return [...counts].map(([text, count]) => `${String(count)} ${text}`);
}

function whyNotCaught(state: FaultProof['state'], { before, after }: ScenarioProof): string {
  if (state === 'environment-missing') return 'could not be tried (the scenario cannot run here)';
  if (state !== 'void') return 'not caught';
  if (before.cutOff === 'run' || after?.cutOff === 'run') return 'could not be tried (the run was cut short)';
  const isGreen = before.verdict === 'passed' && (after === undefined || after.verdict === 'passed');
  return isGreen
    ? 'told nothing (the run with the fault broke or was cut off)'
    : 'could not be tried (control run was not green)';
}

/** From the start of the first control run to the end of the last one: every run with a fault lies between. */
function elapsedMs(proofs: readonly ScenarioProof[]): number {
  const controls = proofs.flatMap(({ before, after }) => (after === undefined ? [before] : [before, after]));
  const starts = controls.map(({ startedAt }) => Date.parse(startedAt));
  const ends = controls.map(({ durationMs }, i) => (starts[i] ?? 0) + durationMs);
  return controls.length === 0 ? 0 : Math.max(...ends) - Math.min(...starts);
}
