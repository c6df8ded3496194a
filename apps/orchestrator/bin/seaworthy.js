#!/usr/bin/env node
// Must run on every Node since 14, so that an old one gets a sentence instead of a syntax error.
import { existsSync } from 'node:fs';
import process from 'node:process';
import { URL, fileURLToPath } from 'node:url';

const NEEDED = [24, 11];
const cli = new URL('../dist/cli.js', import.meta.url);
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  const shipped = findShippedNode();
  process.stderr.write(
    `seaworthy needs Node ${NEEDED.join('.')} or newer, this is Node ${process.versions.node} (${process.execPath}).\n` +
      (shipped === undefined
        ? 'Install a newer one, such as with: npm install --global node@24\n'
        : `One came with the dependencies: run it through npx there, or as ${shipped} ${process.argv[1]}\n`),
  );
  process.exitCode = 2;
} else if (!existsSync(cli)) {
  process.stderr.write('seaworthy is not built yet. Build it with: npx nx run orchestrator:build\n');
  process.exitCode = 2;
} else {
  await import(cli.href);
}

/** The Node that a dependency of this package or of the workspace around it brought along. */
function findShippedNode() {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const node = new URL(`node_modules/node-${process.platform}-${process.arch}/bin/node`, folder);
    if (existsSync(node)) return fileURLToPath(node);
    if (folder.pathname === '/') return undefined;
  }
}
