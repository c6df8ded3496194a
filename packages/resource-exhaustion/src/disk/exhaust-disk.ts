import { posix } from 'node:path';
import { UsageError } from '@seaworthy/scenario';
import { KeeperRefused } from '../keeper/keeper-gone.ts';
import type { DiskExhaustion, DiskRequest } from '../model/exhaustion.ts';
import type { InsideView, Sandbox } from '../model/sandbox.ts';
import type { Victim } from '../model/victim.ts';
import { Course } from '../pressure/course.ts';
import { endVictims } from '../pressure/end-victims.ts';
import { checkTimes } from '../pressure/check-request.ts';
import { Patience } from '../pressure/patience.ts';
import { releaseVictim } from '../pressure/release-victim.ts';
import { diskRoom } from './disk-room.ts';

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_HOLD_MS = 500;
const LOOK_EVERY_MS = 50;
/** Space must be back within this. */
const PATIENCE_MS = 1_000;
const MB = 1e6;
/** Of the file that is there before, and of the one that is tried afterwards. */
const SMALL_FILE = 65_536;

/**
 * Writes into the sandbox's place on disk, real blocks, to a share of its size or until it is full, and looks at what is free, at a
 * file that was there before, and at how the space comes back. Never fills a place that has no size of its own.
 *
 * @throws UsageError for a request that makes no sense
 * @throws KeeperGone where the sandbox is lost, whenever that is
 * @throws KeeperRefused where the place cannot be used at all, or no further process may run in it
 */
export async function exhaustDisk(sandbox: Sandbox, request: DiskRequest): Promise<DiskExhaustion> {
  const { share, fault } = request;
  if (share !== 'untilFull' && !(share > 0 && share <= 1)) {
    throw new UsageError(
      'DISK_REQUEST',
      `Expected a share above 0 and up to 1, or 'untilFull', got ${share}`,
    );
  }
  checkTimes({ holdMs: request.holdMs });
  const { inside } = sandbox.keeper;
  const folder = sandbox.diskFolder;
  const [old, large, probe] = ['old', 'large', 'probe'].map((name) =>
    posix.join(folder, `seaworthy-${name}`),
  ) as [string, string, string];
  using patience = new Patience(request.signal, request.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const course = new Course(sandbox.gauge, ({ disk }) => disk?.freeBytes, 'disk');
  const victim = await sandbox.keeper.startVictim();
  try {
    const oldFileBefore = await inside.plantFile(old, SMALL_FILE);
    const before = await inside.disk(folder);
    await course.look();
    const room = diskRoom(request, sandbox, before);
    const start = performance.now();
    const writing = victim.disk(large, room.bytes, {
      keepOpen: fault === 'keep-open',
      preallocate: fault === 'preallocate',
    });
    const reply = await watched(writing, course, patience);
    const fillMs = performance.now() - start;
    if (fault === 'overwrite') await inside.plantFile(old, SMALL_FILE);
    const freeAtHeightBytes = (await inside.disk(folder)).freeBytes;
    const oldFileAtHeight = await contentOf(inside, old);
    await hold(request.holdMs ?? DEFAULT_HOLD_MS, course, patience);
    await giveBack(victim, fault);
    const backAfterMs = await waitForSpace(inside, folder, before.freeBytes, course);
    const after = await inside.disk(folder);
    const deletedButOpenBytes = await inside.deletedButOpenBytes();
    return {
      outcome:
        reply === undefined
          ? (patience.endedBy ?? 'timeout')
          : ({ done: 'held', refused: 'refused', died: 'killed' } as const)[reply.outcome],
      sizeBytes: before.sizeBytes,
      declaredBytes: sandbox.declared.diskBytes,
      freeBeforeBytes: before.freeBytes,
      writtenBytes: reply?.figures['writtenBytes'] ?? 0,
      ...(reply?.error === undefined ? {} : { error: reply.error }),
      freeAtHeightBytes,
      limited: room.isLimited,
      oldFileBefore,
      oldFileAtHeight,
      oldFileAfterwards: await contentOf(inside, old),
      freeAfterBytes: after.freeBytes,
      ...(backAfterMs === undefined ? {} : { backAfterMs }),
      patienceMs: PATIENCE_MS,
      deletedButOpenBytes,
      writableAfterwards: await canWrite(inside, probe),
      fillMs: Math.round(fillMs),
      curve: course.curve,
      measuredBy: sandbox.gauge.source,
    };
  } finally {
    await endVictims([victim]);
    for (const path of [old, large, probe]) await inside.removeFile(path).catch(() => undefined);
  }
}

async function watched<Value>(
  doing: Promise<Value>,
  course: Course,
  patience: Patience,
): Promise<Value | undefined> {
  let isDone = false;
  const done = doing.finally(() => (isDone = true));
  const result = patience.wait(done);
  while (!isDone && !patience.over) {
    await course.look();
    await Promise.race([done, patience.sleep(LOOK_EVERY_MS)]);
  }
  return result;
}

async function hold(ms: number, course: Course, patience: Patience): Promise<void> {
  for (const start = performance.now(); performance.now() - start < ms && !patience.over;) {
    await patience.sleep(LOOK_EVERY_MS);
    await course.look();
  }
}

async function giveBack(victim: Victim, fault: DiskRequest['fault']): Promise<void> {
  if (fault === 'keep-open') return;
  if (fault === 'keep') {
    await victim.kill('SIGKILL'); // So nobody deletes what it wrote.
    await victim.ended;
    return;
  }
  await releaseVictim(victim);
}

/** ms until what was free is free again, within 1 MB. */
async function waitForSpace(
  inside: InsideView,
  folder: string,
  freeBefore: number,
  course: Course,
): Promise<number | undefined> {
  const start = performance.now();
  do {
    const { freeBytes } = await inside.disk(folder);
    course.add(freeBytes);
    if (freeBytes >= freeBefore - MB) return Math.round(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 20));
  } while (performance.now() - start < PATIENCE_MS);
  return undefined;
}

/** SHA-256; empty where the file is gone or cannot be read: that is damage as well. */
async function contentOf(inside: InsideView, path: string): Promise<string> {
  return inside.hashFile(path).catch((error: unknown) => {
    if (error instanceof KeeperRefused) return '';
    throw error;
  });
}

async function canWrite(inside: InsideView, path: string): Promise<boolean> {
  return inside.plantFile(path, SMALL_FILE).then(
    () => true,
    () => false,
  );
}
