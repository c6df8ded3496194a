import type { TreeFile } from '../tree-file.ts';
import type { Brick } from './brick.ts';
import { withMiddleFile } from './change-files.ts';

/** The test file in the middle never finishes its import. */
export function hangingImport(
  files: readonly TreeFile[],
  { waitsFor }: Brick<'hanging-import'>,
): readonly TreeFile[] {
  return withMiddleFile(files, WAITS[waitsFor]);
}

const WAITS: Readonly<Record<Brick<'hanging-import'>['waitsFor'], string>> = {
  socket: `import socket as _socket

_server = _socket.socket()
_server.bind(("127.0.0.1", 0))
_server.listen(1)
_client = _socket.create_connection(_server.getsockname())
_client.recv(1)
`,
  lock: `import threading as _threading

_lock = _threading.Lock()
_lock.acquire()
_lock.acquire()
`,
  child: `import subprocess as _subprocess
import sys as _sys

_subprocess.call([_sys.executable, "-c", "import time; time.sleep(86400)"])
`,
  sleep: `import time as _time

_time.sleep(86400)
`,
};
