/**
 * A neighbour of a sandbox: wakes up every few ms, takes some memory, touches it, and tells on its standard output, a line
 * of JSON a wake-up, how late it was. Ends with its standard input.
 */
const EVERY_MS = 20;
const BYTES = 256 * 1024;

process.stdin.on('end', () => process.exit(0)).resume();
process.stdin.on('error', () => process.exit(0));
process.stdout.on('error', () => process.exit(0));

let due = performance.now() + EVERY_MS;
function tick(): void {
  const now = performance.now();
  const lateMs = Math.max(0, now - due);
  due = now + EVERY_MS; // A stall in the lines below counts as well.
  let refused = false;
  try {
    Buffer.alloc(BYTES, 1);
  } catch {
    refused = true;
  }
  process.stdout.write(`${JSON.stringify([Math.round(lateMs * 10) / 10, refused])}\n`);
  setTimeout(tick, EVERY_MS);
}
setTimeout(tick, EVERY_MS);
