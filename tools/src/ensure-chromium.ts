/**
 * Makes sure that the page tests have a browser: uses one that is there, else installs Debian's `chromium`, which it does
 * only as root on a Debian-like system; else says what to do and fails.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

// The same that the tests look for (packages/import-cycles/test/formats/html/chromium.ts).
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const applications = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

function find(): string | undefined {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/snap/bin',
  ];
  const programs = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env['CHROMIUM'], ...programs, ...applications].find(
    (file) => file !== undefined && existsSync(file),
  );
}

function run(command: string, args: string[]): void {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: environment });
}

if (find() === undefined && existsSync('/etc/debian_version') && process.getuid?.() === 0) {
  console.log('No Chromium here: installing Debian’s, for the tests of the HTML report.');
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
}
const browser = find();
if (browser === undefined) {
  console.error(
    'The tests of the HTML report need Chromium or Chrome. Install it, or set CHROMIUM to its executable.',
  );
  process.exit(1);
}
console.log(`Page tests use ${browser}`);
