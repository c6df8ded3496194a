import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser that tests drive: `CHROMIUM`, or the first that is found on the `PATH`. */
export function findChromium(): string {
  const configured = process.env['CHROMIUM'];
  if (configured !== undefined && configured !== '') return configured;
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/snap/bin',
  ];
  for (const name of NAMES) {
    for (const folder of folders) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not here.
      }
    }
  }
  throw new Error(
    'No Chromium found, which the tests of HTML reports drive: install it (Debian: apt-get install chromium), or name it in the variable CHROMIUM',
  );
}
