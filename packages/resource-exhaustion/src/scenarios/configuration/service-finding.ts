import type { Finding, SourceLocation } from '@seaworthy/scenario';
import type { DeclaredService } from './configuration-observation.ts';

/** Something about what is written for a service; the fix is a line of a compose file. */
export function serviceFinding(
  service: DeclaredService,
  parts: Pick<Finding, 'code' | 'severity' | 'message' | 'measured' | 'limit' | 'evidence'> & {
    /** Of the value; that of the service where there is none. */
    readonly at?: SourceLocation | undefined;
    readonly cause: string;
    readonly fix: string;
  },
): Finding {
  const { at, cause, fix, ...rest } = parts;
  const location = at ?? service.at;
  return {
    ...rest,
    ...(location === undefined ? {} : { location }),
    cause: { text: cause, certainty: 'certain' },
    // Its place is that of the finding, which reports print right above it.
    fix: { text: fix },
  };
}
