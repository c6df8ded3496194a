/** A path as the kernel's tables of mounts write it: blanks and the like are octal numbers there, see proc_pid_mountinfo(5). */
export function unescapeMountPath(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8)));
}
