import type { Fault } from '@seaworthy/scenario';
import { withSource } from '../modules/written-module.ts';
import type { ThreadsObservation } from './threads-observation.ts';
import type { ThreadsPlan } from './threads-plan.ts';

type ThreadsFault = Fault<ThreadsPlan, ThreadsObservation>;

const hung = ({ trials }: ThreadsObservation) =>
  trials.flatMap((trial) => trial.threads).filter((thread) => !thread.finished);

const oppositeOrder: ThreadsFault = {
  id: 'lock-and-import-in-opposite-order',
  breaks: 'one thread holds a lock and imports, another one imports and wants that lock',
  raises: 'IMP041',
  inject: (plan) => ({
    ...plan,
    modules: withSource(
      withSource(plan.modules, 'harbour', (source) => `${source}\nwith tug.LOCK:\n    BERTHS = 4\n`),
      'tug',
      () => `import threading
import time

LOCK = threading.Lock()


def add():
    pass


def work():
    with LOCK:
        time.sleep(0.008)
        import harbour
        harbour.add()
`,
    ),
  }),
  applied: (observation) => {
    const waits = new Set(hung(observation).map((thread) => thread.waitsFor));
    const both = waits.has('lock tug.LOCK') && waits.has('import lock of harbour');
    return both
      ? 'threads waited for the lock tug.LOCK and for the import lock of harbour at once'
      : undefined;
  },
};

const waitsForever: ThreadsFault = {
  id: 'waits-for-nobody',
  breaks: 'a thread waits for an event that nothing sets',
  raises: 'IMP042',
  inject: (plan) => ({
    ...plan,
    patienceSeconds: 1,
    modules: withSource(plan.modules, 'tug', (source) =>
      source.replace('def work():\n', 'def work():\n    threading.Event().wait()\n'),
    ),
  }),
  applied: (observation) => {
    const line = hung(observation)
      .flatMap((thread) => thread.stack)
      .find((at) => at.text.includes('Event().wait()'));
    return line === undefined ? undefined : `a thread stood in ${line.path}:${line.line}: ${line.text}`;
  },
};

const definesTooLate: ThreadsFault = {
  id: 'defines-below-the-import',
  breaks: 'the functions that the other module uses stand below the import that closes the circle',
  raises: 'IMP043',
  inject: (plan) => ({
    ...plan,
    modules: plan.modules.map(({ name, source }) => {
      const [head = '', rest = ''] = source.split('LOCK = ');
      const [definitions = '', close = ''] = rest.split('\n\n\ntime.sleep');
      return { name, source: `${head}time.sleep${close}\nLOCK = ${definitions}\n` };
    }),
  }),
  applied: ({ trials }) => {
    const errors = trials.flatMap((trial) => trial.threads.map((thread) => thread.error));
    const half = errors.find((error) => error?.message.includes('partially initialized'));
    return half === undefined || half === null
      ? undefined
      : `a thread was given a half initialised module: ${half.message}`;
  },
};

/** Ways in which threads that import can hurt each other. */
export const threadsFaults: readonly ThreadsFault[] = [oppositeOrder, waitsForever, definesTooLate];
