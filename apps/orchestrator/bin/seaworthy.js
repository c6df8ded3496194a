#!/usr/bin/env node
// Must run on every Node since 14, so that an old one gets a sentence instead of a syntax error.
import { existsSync } from 'node:fs';
import process from 'node:process';
import { URL } from 'node:url';

const NEEDED = [24, 11];
const cli = new URL('../dist/cli.js', import.meta.url);
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(
    `seaworthy needs Node ${NEEDED.join('.')} or newer, this is Node ${process.versions.node} (${process.execPath}).\n` +
      'Install a newer one, such as with: npm install --global node@24\n',
  );
  process.exitCode = 2;
} else if (!existsSync(cli)) {
  process.stderr.write('seaworthy is not built yet. Build it with: npx nx run orchestrator:build\n');
  process.exitCode = 2;
} else {
  await import(cli.href);
}
