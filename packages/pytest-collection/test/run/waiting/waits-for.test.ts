import { describe, expect, test } from 'vitest';
import { findInternetSocket, findUnixSocket } from '../../../src/run/waiting/socket-table.ts';
import { parseSystemCall } from '../../../src/run/waiting/system-call.ts';
import { whatItWaitsFor } from '../../../src/run/waiting/waits-for.ts';

const TCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 5001 1 0 100 0 0 10 0
   1: 0100007F:C0DE 0100007F:1538 01 00000000:00000000 00:00000000 00000000     0        0 5002 1 0 20 4 30 10 -1
   2: 0500A8C0:C0DF 0101010A:01BB 02 00000001:00000000 01:00000064 00000000     0        0 5003 2 0 100 0 0 10 -1
`;
const TCP6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue
   0: 00000000000000000000000001000000:C0DE 00000000000000000000000001000000:1538 01 00000000:00000000 00:00000000 00000000 0 0 6001 1
   1: 0000000000000000FFFF00000100007F:C0DF 0000000000000000FFFF00000100007F:1539 01 00000000:00000000 00:00000000 00000000 0 0 6002 1
`;
const UNIX = `Num       RefCount Protocol Flags    Type St Inode Path
0000000000000000: 00000002 00000000 00010000 0001 01  7001 /run/docker.sock
0000000000000000: 00000003 00000000 00000000 0001 03  7002 /run/docker.sock
0000000000000000: 00000003 00000000 00000000 0001 03  7003
`;

describe('sockets', () => {
  test('IPv4: listening, connected, connecting', () => {
    expect(findInternetSocket(TCP, '5001')).toEqual({ state: 'listening', address: '127.0.0.1:8080' });
    expect(findInternetSocket(TCP, '5002')).toEqual({ state: 'connected', address: '127.0.0.1:5432' });
    expect(findInternetSocket(TCP, '5003')).toEqual({ state: 'connecting', address: '10.1.1.1:443' });
    expect(findInternetSocket(TCP, '1')).toBeUndefined();
  });

  test('IPv6, and IPv4 in it', () => {
    expect(findInternetSocket(TCP6, '6001')?.address).toBe('[::1]:5432');
    expect(findInternetSocket(TCP6, '6002')?.address).toBe('127.0.0.1:5433');
  });

  test('of Unix, with a name and without', () => {
    expect(findUnixSocket(UNIX, '7001')).toEqual({ state: 'listening', address: '/run/docker.sock' });
    expect(findUnixSocket(UNIX, '7002')).toEqual({ state: 'connected', address: '/run/docker.sock' });
    expect(findUnixSocket(UNIX, '7003')).toEqual({ state: 'connected' });
  });
});

describe('system calls', () => {
  test('are known by the number of their architecture', () => {
    const text = '61 0xffffffff 0x7ffe1eee83d8 0x0 0x0 0x0 0x0 0x7ffe1eee8378 0x7ff67e2332ad\n';
    const args = [0xffffffff, 0x7ffe1eee83d8, 0, 0, 0, 0];
    expect(parseSystemCall(text, 'x64')).toEqual({ name: 'wait', args });
    expect(parseSystemCall(text, 'arm64')).toBeUndefined();
    expect(parseSystemCall(text.replace('61', '260'), 'arm64')).toEqual({ name: 'wait', args });
    expect(parseSystemCall('running\n', 'x64')).toBe('running');
    expect(parseSystemCall('', 'x64')).toBeUndefined();
    expect(parseSystemCall(text, 'unknown')).toBeUndefined();
  });

  test('of a process that is not there', () => {
    expect(whatItWaitsFor(2 ** 30, [])).toBeUndefined();
  });
});
