/** Whether an exception says that a descriptor was used which somebody had closed. */
export function isClosedDescriptor(reason: string): boolean {
  return /\[Errno 9\]|\bEBADF\b|Bad file descriptor/.test(reason);
}
