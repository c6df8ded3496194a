/**
 * Makes sure that the page tests have a browser: uses one that is there, else installs Debian's `chromium`, which it does
 * only as root on a Debian-like system; else says what to do and fails.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const found = () => places.find((place) => place !== undefined && existsSync(place));

function run(command: string, args: string[]): boolean {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: environment }).status === 0;
}

if (found() === undefined && existsSync('/etc/debian_version') && process.getuid?.() === 0) {
  console.log('No Chromium here: installing Debian’s, for the tests of the HTML report.');
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
}
const browser = found();
if (browser === undefined) {
  console.error(
    'The tests of the HTML report need Chromium or Chrome. Install it, or set CHROMIUM to its executable.',
  );
  process.exit(1);
}
console.log(`Page tests use ${browser}`);
