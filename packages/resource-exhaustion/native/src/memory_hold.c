#include "memory_hold.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#define STEP ((size_t)64 << 20)
#define HUGE ((size_t)2 << 20)
#define MOST_CHUNKS 65536
/* Linux 5.14: the kernel writes the pages itself, in less time than a fault for each takes. */
#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

static struct {
  char *start;
  size_t length;
} chunks[MOST_CHUNKS];
static int count;
static size_t held;

size_t memory_held(void) { return held; }

static void write_pages(char *start, size_t length, size_t page) {
  if (length < HUGE)
    madvise(start, length, MADV_NOHUGEPAGE); /* Else it could get more than it asked for. */
  else
    madvise(start, length, MADV_POPULATE_WRITE);
  for (size_t at = 0; at < length; at += page) ((volatile char *)start)[at] = 1;
}

int memory_set(size_t size, int reserve_only) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  size = (size + page - 1) / page * page;
  while (count > 0 && held > size) {
    size_t excess = held - size;
    size_t part = excess < chunks[count - 1].length ? excess : chunks[count - 1].length;
    chunks[count - 1].length -= part;
    munmap(chunks[count - 1].start + chunks[count - 1].length, part);
    held -= part;
    if (chunks[count - 1].length == 0) count--;
  }
  while (held < size) {
    size_t length = size - held < STEP ? size - held : STEP;
    if (count == MOST_CHUNKS) return ENOMEM;
    char *start = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) return errno;
    if (!reserve_only) write_pages(start, length, page);
    chunks[count].start = start;
    chunks[count++].length = length;
    held += length;
  }
  return 0;
}
