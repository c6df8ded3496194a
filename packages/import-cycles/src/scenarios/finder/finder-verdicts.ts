import type { Finding } from '@seaworthy/scenario';

/** The analysis ended with an error. */
export function crashFinding(crash: string): Finding {
  return {
    code: 'IMP023',
    severity: 'error',
    message: `The analysis of imports crashed: ${crash.split('\n')[0]}`,
    evidence: [crash],
    cause: { text: 'a defect of the analysis', certainty: 'likely' },
  };
}

/** The analysis took `searchMs`, which is not below the limit `maxSearch`. */
export function slowFinding(searchMs: number, maxSearch: number): Finding {
  return {
    code: 'IMP024',
    severity: 'error',
    message: `The analysis took ${Math.round(searchMs)} ms; it must take less than ${maxSearch} ms`,
    measured: { value: searchMs, unit: 'ms' },
    limit: { name: 'maxSearch', value: maxSearch, unit: 'ms', bound: 'most' },
    cause: { text: 'the search, or an overloaded machine', certainty: 'unknown' },
  };
}
