import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { parseEvent } from '../../src/events/container-events.ts';
import { readJsonLines } from '../../src/events/json-lines.ts';

test('an event keeps every digit of its time', () => {
  const line =
    '{"status":"oom","id":"c0","Type":"container","Action":"oom","Actor":{"ID":"c0","Attributes":{"name":"x"}},"time":1795523827,"timeNano":1795523827074485584}';
  expect(parseEvent(line)).toEqual({ action: 'oom', at: 1795523827074485584n, attributes: { name: 'x' } });
});

test.for([
  ['exec_create: sh -c true', 'exec_create'],
  ['health_status: healthy', 'health_status'],
  ['died', 'die'],
  ['exec_died', 'exec_die'],
  ['die', 'die'],
] as const)('the action %s reads %s', ([sent, action]) => {
  expect(parseEvent(JSON.stringify({ Action: sent, timeNano: 5 }))?.action).toBe(action);
  expect(parseEvent(JSON.stringify({ status: sent, timeNano: 5 }))?.action).toBe(action);
});

test.for(['{"Action":"die","timeN', '', '{}', '7'])('%j is no event', (line) => {
  expect(parseEvent(line)).toBeUndefined();
});

test('lines are whole wherever the pieces end', async () => {
  const bytes = Buffer.from('{"a":"ä"}\n\n{"b":1}\n{"c":');
  const lines = [];
  for await (const line of readJsonLines(Readable.from([...bytes].map((byte) => Buffer.from([byte]))))) {
    lines.push(line);
  }
  expect(lines).toEqual(['{"a":"ä"}', '{"b":1}', '{"c":']);
});
