#include "disk_hold.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK ((size_t)1 << 20)
#define MOST_FILES 16

static struct {
  char path[4096];
  int descriptor;
} files[MOST_FILES];
static int count;

static int find(const char *path) {
  for (int at = 0; at < count; at++)
    if (strcmp(files[at].path, path) == 0) return files[at].descriptor;
  return -1;
}

/* Only what we wrote: once it was deleted, somebody else may have a file there. */
static void unlink_own(const char *path, int descriptor) {
  struct stat there, own;
  if (lstat(path, &there) != 0 || fstat(descriptor, &own) != 0) return; /* It was deleted before, and held. */
  if (there.st_dev == own.st_dev && there.st_ino == own.st_ino) unlink(path);
}

static int write_blocks(int descriptor, long long size, long long *written) {
  static char block[BLOCK]; /* Of chance: nothing that a file system could compress or share. */
  size_t step = BLOCK;
  for (size_t at = 0; at < BLOCK;) {
    ssize_t got = getrandom(block + at, BLOCK - at, 0);
    if (got > 0) at += (size_t)got;
  }
  while (size == UNTIL_FULL || *written < size) {
    size_t length = step;
    if (size != UNTIL_FULL && (long long)length > size - *written) length = (size_t)(size - *written);
    ssize_t put = pwrite(descriptor, block, length, *written);
    if (put > 0)
      *written += put;
    else if (errno == EINTR)
      continue;
    else if (step <= 1024)
      return errno;
    else
      step /= 8; /* What is left may hold a smaller one. */
  }
  return 0;
}

int disk_set(const char *path, long long size, int keep_open, int preallocate, long long *written) {
  struct stat found;
  int descriptor = find(path);
  if (descriptor < 0) {
    if (count == MOST_FILES) return EMFILE;
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return errno;
    snprintf(files[count].path, sizeof files[count].path, "%s", path);
    files[count++].descriptor = descriptor;
  }
  if (keep_open) unlink_own(path, descriptor);
  *written = fstat(descriptor, &found) == 0 ? (long long)found.st_size : 0;
  if ((preallocate && size != UNTIL_FULL) || (size != UNTIL_FULL && size < *written)) {
    if (ftruncate(descriptor, (off_t)size) != 0) return errno;
    *written = size;
    return 0;
  }
  return write_blocks(descriptor, size, written);
}

void disk_release(void) {
  for (; count > 0; count--) {
    unlink_own(files[count - 1].path, files[count - 1].descriptor);
    close(files[count - 1].descriptor);
  }
}
