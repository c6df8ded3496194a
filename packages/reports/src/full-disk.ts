import type { ScenarioResult } from '@seaworthy/scenario';

/** What systems call it, in the words of Node and of Python. */
const FULL_DISK = /\b(ENOSPC|EDQUOT|No space left on device|Disk quota exceeded)\b/;

/** Whether a scenario broke because the disk was full: nobody's defect, and to be told as what it is. */
export function diskWasFull({ verdict, error }: ScenarioResult): boolean {
  return verdict === 'error' && error !== undefined && FULL_DISK.test(error.message);
}
