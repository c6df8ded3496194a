import { diskWasFull } from '@seaworthy/reports';
import type { Interruption } from '@seaworthy/run-record';
import type { ScenarioResult } from '@seaworthy/scenario';
import { EXIT, worstExitCode } from '../exit-code.ts';

export interface ConclusionOptions {
  /** Scenarios that must not be skipped. */
  isRequired(id: string): boolean;
  /** Being unable to tell, or to run, is not accepted. */
  readonly strict: boolean;
  readonly interrupted?: Interruption | undefined;
}

/**
 * The exit code that results amount to. Where everything was skipped nothing was checked, which is never a success.
 */
export function conclude(results: readonly ScenarioResult[], options: ConclusionOptions): number {
  const { isRequired, strict, interrupted } = options;
  const nothingRan = results.every(({ verdict }) => verdict === 'skipped');
  const codes = results.map((result): number => {
    const { id, verdict } = result;
    if (diskWasFull(result)) return EXIT.usage;
    switch (verdict) {
      case 'passed':
        return EXIT.passed;
      case 'failed':
        return EXIT.failed;
      case 'error':
        return EXIT.internal;
      case 'inconclusive':
        return strict ? EXIT.incomplete : EXIT.passed;
      case 'skipped':
        return strict || nothingRan || isRequired(id) ? EXIT.environment : EXIT.passed;
    }
  });
  if (interrupted !== undefined) codes.push(EXIT.incomplete);
  return worstExitCode(codes);
}
