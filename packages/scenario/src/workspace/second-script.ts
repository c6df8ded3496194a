/**
 * What the guard's second does, in the language of every POSIX shell: its arguments are the guard's program, the run's
 * folder and id, and Node. From the tool it reads the number of each guard, and `done` when nothing is left to undo. At the
 * end of that pipe the tool is gone; then, while the run's folder is there, the guard must be at work. Where it is not, or
 * takes longer than a minute (its number may belong to another process by now), the second becomes a guard itself.
 *
 * A zombie is no guard: in a container whose first process collects none, one stays for ever.
 */
export const SECOND_SCRIPT: string = [
  `trap '' INT TERM HUP QUIT`,
  `while read -r line; do [ "$line" = done ] && exit 0; guard=$line; done`,
  `works() { kill -0 "$guard" && if [ -r "/proc/$guard/stat" ]; then read -r stat < "/proc/$guard/stat" && case $stat in *') Z '*) return 1;; esac; fi; }`,
  `looks=0`,
  `while [ -d "$1" ] && [ $looks -lt 600 ] && works; do sleep 0.1; looks=$((looks + 1)); done`,
  `[ -d "$1" ] || exit 0`,
  `exec "$3" --max-semi-space-size=1 "$0" "$1" "$2" second`,
].join('; ');
