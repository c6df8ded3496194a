import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Runs are looked at more often than that. */
const LOOKED_AT_WITHIN_MS = 300;

/** Python that says that it has come so far, and goes on once the run was looked at; with {@link afterALook} beside it. */
export const WAIT_FOR_A_LOOK = `
def wait_for_a_look(name="look"):
    import os, time
    open(name + ".wanted", "w").close()
    while not os.path.exists(name + ".done"):
        time.sleep(0.01)
`;

/**
 * Lets Python in a folder go on that waits to be seen. The run is looked at by a timer of this process, so that two later
 * timers of this process mean that it was, however busy the machine is.
 */
export async function afterALook(folder: string, name = 'look'): Promise<void> {
  while (!existsSync(join(folder, `${name}.wanted`))) await sleep(10);
  await sleep(LOOKED_AT_WITHIN_MS);
  await sleep(LOOKED_AT_WITHIN_MS);
  writeFileSync(join(folder, `${name}.done`), '');
}
