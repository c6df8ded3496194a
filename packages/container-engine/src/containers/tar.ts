const BLOCK = 512;

/** A tar archive (ustar, with a pax header where the name needs it) of one file. */
export function tarOf(name: string, content: Uint8Array, mode: number): Uint8Array {
  const parts = [entry(name, '0', content, mode), Buffer.alloc(2 * BLOCK)];
  if (Buffer.byteLength(name) > 100) parts.unshift(entry('pax', 'x', paxRecord('path', name), 0o644));
  return Buffer.concat(parts);
}

function entry(name: string, type: string, content: Uint8Array, mode: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, length: number): number =>
    header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
  header.write(name, 0, 100, 'utf8');
  octal(mode & 0o7777, 100, 8);
  octal(0, 108, 8); // Owner and group: root.
  octal(0, 116, 8);
  octal(content.length, 124, 12);
  octal(Math.floor(Date.now() / 1000), 136, 12);
  header.write('        ', 148, 'latin1'); // The checksum is that of a header with blanks in its place.
  header.write(type, 156, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
  return Buffer.concat([header, content, padding]);
}

/** `<length> <key>=<value>\n`, where the length counts itself. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest;
  while (length !== rest + String(length).length) length = rest + String(length).length;
  return Buffer.from(`${length} ${key}=${value}\n`);
}
