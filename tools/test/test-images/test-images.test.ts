import { join } from 'node:path';
import { connectEngine } from '@seaworthy/container-engine';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { ask, askJson } from '../../src/engine/engine-requests.ts';

/** Exit code of a command in a throw-away container without a network. */
async function run(image: string, script: string): Promise<number> {
  const { endpoint } = await connectEngine();
  const body = { Image: image, Cmd: ['sh', '-euc', script], HostConfig: { NetworkMode: 'none' } };
  const name = `seaworthy-test-tools-${String(process.pid)}`;
  const path = `/containers/create?name=${name}`;
  const { Id } = await askJson<{ Id: string }>(endpoint, { method: 'POST', path, body });
  try {
    await ask(endpoint, { method: 'POST', path: `/containers/${Id}/start` });
    const end = await askJson<{ StatusCode: number }>(endpoint, {
      method: 'POST',
      path: `/containers/${Id}/wait`,
    });
    return end.StatusCode;
  } finally {
    await ask(endpoint, { method: 'DELETE', path: `/containers/${Id}?force=1` });
  }
}

it('the tiny image has a shell and programs that need no library', async () => {
  expect(await run('seaworthy-test/tiny', 'test ! -e /lib; ls / | grep -q bin; sleep 0; exit 7')).toBe(7);
});

it('the Debian image has Python with pytest, PostgreSQL and Redis that work', async () => {
  const database =
    'initdb --no-sync -D /tmp/data -U postgres >/dev/null && pg_ctl -D /tmp/data -o "-k /tmp" -w start';
  const script = `
    python3 -c 'import ssl, sqlite3, ctypes, lzma, pytest'
    redis-server --port 0 --unixsocket /tmp/redis.sock --daemonize yes
    until redis-cli -s /tmp/redis.sock ping; do sleep 0.1; done
    su postgres -s /bin/sh -c 'PATH=$PATH:${'$'}(echo /usr/lib/postgresql/*/bin); ${database} >/dev/null'
    su postgres -s /bin/sh -c 'psql -h /tmp -c "SELECT 1"'
  `;
  expect(await run('seaworthy-test/debian', script)).toBe(0);
});

it('the image of the example project passes its tests as its compose file runs it', async () => {
  const program = join(import.meta.dirname, '../../src/ensure-example-image.ts');
  await execa`${process.execPath} --conditions=@seaworthy/source ${program}`;
  expect(
    await run('seaworthy-example-shop', 'test "$(id -u)" != 0; python3 -m pytest -q -p no:cacheprovider'),
  ).toBe(0);
});
