import type { FaultState, ScenarioProof } from '@seaworthy/scenario';
import { EXIT, worstExitCode } from '../exit-code.ts';

/** The exit code that proofs amount to: only a fault that was caught proves anything. */
export function concludeProofs(proofs: readonly Pick<ScenarioProof, 'faults'>[], complete: boolean): number {
  const states = proofs.flatMap(({ faults }) => faults.map(({ state }) => state));
  return worstExitCode([...states.map(exitCodeOf), complete ? EXIT.passed : EXIT.incomplete]);
}

function exitCodeOf(state: FaultState): number {
  switch (state) {
    case 'caught':
      return EXIT.passed;
    case 'environment-missing':
      return EXIT.environment;
    default:
      return EXIT.failed;
  }
}
