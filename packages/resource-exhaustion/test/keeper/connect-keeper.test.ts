import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { connectKeeper, type ConnectedKeeper } from '../../src/keeper/connect-keeper.ts';
import { until } from './start-keeper.ts';

const READY =
  '{"event":"ready","protocol":1,"kind":"x","pid":9,"pageBytes":4096,"cgroup":2,"descriptors":64}\n';

interface Stage {
  readonly keeper: ConnectedKeeper;
  /** What the keeper says, in pieces as they come. */
  say(text: string): void;
  /** What it was asked. */
  asked(): string[];
  readonly stdout: PassThrough;
  die(code: number): void;
}

async function stage(options: { answerWithinMs?: number } = {}): Promise<Stage> {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  let heard = '';
  stdin.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  let die!: (code: number) => void;
  const ended = new Promise<{ code: number | null; signal: string | null }>(
    (resolve) => (die = (code) => resolve({ code, signal: null })),
  );
  const connecting = connectKeeper(stdin, stdout, ended, options);
  stdout.write(READY);
  const asked = (): string[] => heard.split('\n').slice(0, -1);
  return { keeper: await connecting, say: (text) => void stdout.write(text), asked, stdout, die };
}

async function startVictim({ keeper, say, asked }: Stage) {
  const number = asked().length + 1;
  const starting = keeper.startVictim();
  await until(() => asked().length === number);
  say(`{"re":${number},"victim":1,"pid":77}\n`);
  return starting;
}

test('what a keeper says of itself is told', async () => {
  const { keeper } = await stage();
  expect(keeper.facts).toEqual({
    kind: 'x',
    protocol: 1,
    pid: 9,
    pageBytes: 4096,
    cgroupVersion: 2,
    descriptors: 64,
  });
});

test('a line that comes in pieces is one, and what is no line of a keeper is left alone', async () => {
  const on = await stage();
  const victim = await startVictim(on);
  const answer = victim.memory(8192);
  await until(() => on.asked().length === 2);
  expect(on.asked()[1]).toBe('2 to 1 memory 8192');
  for (const piece of [
    'Fatal: nonsense\n[1,2]\nnull\n{"re":99}\n{"re"',
    ':2,"outcome":"do',
    'ne","figures":{"heldBytes":8192}}',
    '\n',
  ])
    on.say(piece);
  expect(await answer).toEqual({ outcome: 'done', figures: { heldBytes: 8192 } });
});

test('a keeper that dies in the middle of a reply: its victims died, and nobody waits', async () => {
  const on = await stage();
  const victim = await startVictim(on);
  const [answer, look] = [victim.memory(1), on.keeper.inside.disk('/')];
  look.catch(() => undefined);
  on.say('{"re":2,"outcome":"done","fig');
  on.stdout.end();
  expect(await answer).toEqual({ outcome: 'died', figures: {} });
  expect(await victim.ended).toEqual({ code: null, signal: null });
  await expect(look).rejects.toMatchObject({ name: 'KeeperGone' });
  await expect(on.keeper.startVictim()).rejects.toMatchObject({ name: 'KeeperGone' });
});

test('a keeper whose output somebody still holds is gone all the same when its process is', async () => {
  const on = await stage();
  const victim = await startVictim(on);
  const answer = victim.memory(1);
  on.die(137);
  expect(await answer).toEqual({ outcome: 'died', figures: {} });
  expect(await victim.ended).toEqual({ code: null, signal: null });
  expect(await on.keeper.ended).toMatchObject({ code: 137 });
});

test('an end that is told before the answer to the start is not lost', async () => {
  const on = await stage();
  const starting = on.keeper.startVictim();
  await until(() => on.asked().length === 1);
  const ended =
    '{"event":"ended","victim":1,"pid":77,"signal":9,"killsBefore":0,"killsAfter":1,"peakBytes":5}\n';
  on.say(`${ended}{"re":1,"victim":1,"pid":77}\n`);
  expect(await (await starting).ended).toEqual({
    code: null,
    signal: 'SIGKILL',
    killsBefore: 0,
    killsAfter: 1,
    peakBytes: 5,
  });
});

test('a keeper that hangs holds nobody up', async () => {
  const { keeper, say, asked } = await stage({ answerWithinMs: 1000 });
  await expect(keeper.startVictim()).rejects.toMatchObject({ name: 'KeeperGone', message: /not answer/ });
  const look = keeper.inside.disk('/');
  await until(() => asked().length === 2);
  say('{"re":1,"victim":1,"pid":77}\n{"re":2,"sizeBytes":5,"freeBytes":4}\n');
  expect(await look).toEqual({ sizeBytes: 5, freeBytes: 4 });
});

test('one that never gets ready is told with what it said', async () => {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  const connecting = connectKeeper(stdin, stdout, new Promise(() => undefined));
  stdout.end('python3: cannot open shared object\n');
  await expect(connecting).rejects.toThrow(/cannot open shared object/);
});

test('one that speaks another protocol is refused', async () => {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  const connecting = connectKeeper(stdin, stdout, new Promise(() => undefined));
  stdout.write(READY.replace('"protocol":1', '"protocol":2'));
  await expect(connecting).rejects.toThrow(/protocol 2/);
});
