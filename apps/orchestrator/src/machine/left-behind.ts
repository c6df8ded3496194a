import { setTimeout as sleep } from 'node:timers/promises';
import type { ContainerEngine } from '@seaworthy/container-engine';
import { compareReceipts, hostReceipt } from '@seaworthy/resource-exhaustion';
import type { HostReceipt } from '@seaworthy/resource-exhaustion';
import type { LeftBehind } from '@seaworthy/run-record';
import { EngineError, EngineUnavailable } from '@seaworthy/container-engine';

export interface ReceiptOptions {
  readonly runId: string;
  readonly temporaryFolder: string;
  /** Asked as well, where there is one. */
  readonly engine: ContainerEngine | undefined;
}

/** What was ended a moment ago may still be on its way out: looked at again for so long. */
const LOOK_AGAIN_MS = 150;
const MOST_LOOKS = 10;

/**
 * Looks at what this run has on the machine, and afterwards says what it left: nothing, where all is well. Other runs and other
 * programs do not count; free memory and disk are told as figures alone, since others take and give them back as well.
 */
export async function watchLeftBehind(options: ReceiptOptions): Promise<() => Promise<LeftBehind>> {
  const { receipt: before } = await look(options);
  return async () => {
    let { receipt: after, isEngineLost } = await look(options);
    let left = compareReceipts(before, after, Infinity);
    // An engine that hangs takes its whole patience each time, and tells no more the next time.
    for (let looks = 1; left.length > 0 && looks < MOST_LOOKS && !isEngineLost; looks++) {
      await sleep(LOOK_AGAIN_MS);
      ({ receipt: after, isEngineLost } = await look(options));
      left = compareReceipts(before, after, Infinity);
    }
    return {
      left,
      availableBytes: { before: before.availableBytes, after: after.availableBytes },
      temporaryFreeBytes: { before: before.temporaryFreeBytes, after: after.temporaryFreeBytes },
    };
  };
}

/** Without the engine's part where it does not answer any more. */
async function look({
  runId,
  temporaryFolder,
  engine,
}: ReceiptOptions): Promise<{ readonly receipt: HostReceipt; readonly isEngineLost: boolean }> {
  const options = { runs: [runId], temporaryFolder };
  try {
    return { receipt: await hostReceipt(engine, options), isEngineLost: false };
  } catch (error) {
    if (!(error instanceof EngineError) && !(error instanceof EngineUnavailable) && !isConnection(error))
      throw error;
    return { receipt: await hostReceipt(undefined, options), isEngineLost: true };
  }
}

/** The library under the engine's client tells of a broken connection as the system does. */
function isConnection(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException).code === 'string';
}
