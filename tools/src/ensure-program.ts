/**
 * Makes sure that a program is here: `node ensure-program.ts PROGRAM PACKAGE…` installs those packages of the distribution where
 * it is missing, as root on a Debian-like system only; else it says what to do and fails.
 */
import { findProgram } from './debian/find-program.ts';
import { installPackages, mayInstall } from './debian/install-packages.ts';

const [program = '', ...packages] = process.argv.slice(2);

if (findProgram(program) === undefined && mayInstall()) {
  try {
    installPackages(packages, `since ${program} is not here`);
  } catch (error) {
    console.error((error as Error).message);
  }
}
const file = findProgram(program);
if (file === undefined) {
  console.error(
    `This needs ${program}. Install it: on Debian and Ubuntu, apt-get install ${packages.join(' ')}`,
  );
  process.exitCode = 1;
} else console.log(`Found ${file}`);
