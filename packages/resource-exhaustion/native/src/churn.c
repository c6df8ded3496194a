#include "churn.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* A quarter of what is live are objects of 64 bytes. */
#define SMALL_SHARE 0.25
#define SMALL 48
#define SMALL_TAKES 64

struct block {
  char *start;
  size_t length;
};

struct store {
  struct block *blocks;
  size_t count, room;
};

static unsigned long long state;

/* xorshift64*, 0 to 1. */
static double chance(void) {
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  return (double)(state * 2685821657736338717ULL >> 11) / 9007199254740992.0;
}

/* Powers of 2 between which it goes on evenly: as many small ones as large ones of each magnitude. */
static size_t mixed_length(size_t smallest, size_t largest) {
  int magnitudes = 0;
  while (smallest << (magnitudes + 1) <= largest) magnitudes++;
  size_t low = smallest << (int)(chance() * (magnitudes > 0 ? magnitudes : 1));
  size_t length = low + (size_t)(chance() * (double)low);
  return length < largest ? length : largest;
}

static int keep(struct store *store, size_t length) {
  if (store->count == store->room) {
    size_t room = store->room == 0 ? 1024 : 2 * store->room;
    struct block *blocks = realloc(store->blocks, room * sizeof *blocks);
    if (blocks == NULL) return ENOMEM;
    store->blocks = blocks;
    store->room = room;
  }
  char *start = malloc(length);
  if (start == NULL) return ENOMEM;
  memset(start, 1, length);
  store->blocks[store->count].start = start;
  store->blocks[store->count++].length = length;
  return 0;
}

/* One in four blocks is freed again while the others are made. */
static int fill(const struct churn_options *options, struct store *blocks, struct store *small, size_t *live, long *made) {
  double mixed = (double)options->size * (1 - SMALL_SHARE);
  size_t mixed_live = 0;
  while ((double)mixed_live < mixed) {
    size_t length = mixed_length(options->smallest, options->largest);
    size_t count = (size_t)((double)length / mixed * (double)options->size * SMALL_SHARE / SMALL_TAKES) + 1;
    if (keep(blocks, length) != 0) return ENOMEM;
    mixed_live += length;
    for (size_t one = 0; one < count; one++)
      if (keep(small, SMALL) != 0) return ENOMEM;
    *made += (long)count + 1;
    if (blocks->count > 8 && chance() < 0.25) {
      size_t at = (size_t)(chance() * (double)blocks->count);
      mixed_live -= blocks->blocks[at].length;
      free(blocks->blocks[at].start);
      blocks->blocks[at] = blocks->blocks[--blocks->count];
      for (size_t one = 0; one < count; one++) free(small->blocks[--small->count].start);
    }
  }
  *live = mixed_live + SMALL_TAKES * small->count;
  return 0;
}

/* In an order of chance, but for one in so many of those that are no longer than `pinned`. */
static void release(struct store *store, const struct churn_options *options, size_t pinned, long long *bytes, long *count) {
  for (size_t at = store->count; at > 1; at--) {
    size_t other = (size_t)(chance() * (double)at);
    struct block block = store->blocks[other];
    store->blocks[other] = store->blocks[at - 1];
    store->blocks[at - 1] = block;
  }
  for (size_t at = 0; at < store->count; at++) {
    int is_pinned = options->pin_every > 0 && at % (size_t)options->pin_every == 0 && store->blocks[at].length <= pinned;
    if (!is_pinned)
      free(store->blocks[at].start);
    else {
      *bytes += (long long)store->blocks[at].length;
      *count += 1;
    }
  }
  free(store->blocks);
  memset(store, 0, sizeof *store);
}

static long long now_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int churn(struct json *json, const struct churn_options *options, long long (*resident)(void)) {
  struct store blocks = {0}, small = {0};
  long long before = resident(), first = 0, last = 0, highest = 0, pinned_bytes = 0, slowest = 0;
  long made = 0, pinned = 0;
  size_t live = 0;
  int problem = 0, trimmed = 0;
  state = options->seed * 2 + 1;
  for (int cycle = 0; cycle < options->cycles && problem == 0; cycle++) {
    long long start = now_us();
    problem = fill(options, &blocks, &small, &live, &made);
    last = resident();
    if (cycle == 0) first = last;
    if (last > highest) highest = last;
    release(&blocks, options, 4 * options->smallest, &pinned_bytes, &pinned);
    release(&small, options, SMALL, &pinned_bytes, &pinned);
    if (now_us() - start > slowest) slowest = now_us() - start;
  }
  long long freed = resident();
#ifdef __GLIBC__
  trimmed = options->trim;
  if (options->trim) malloc_trim(0);
#endif
  json_add(json, "\"cycles\":%d,\"allocations\":%ld,\"liveBytes\":%zu", options->cycles, made, live);
  json_add(json, ",\"rssBefore\":%lld,\"rssPeakFirst\":%lld,\"rssPeakLast\":%lld", before, first, last);
  json_add(json, ",\"rssPeakHighest\":%lld,\"rssFreed\":%lld,\"rssTrimmed\":%lld", highest, freed, resident());
  json_add(json, ",\"pinnedBytes\":%lld,\"pinnedBlocks\":%ld,\"trimmed\":%d", pinned_bytes, pinned, trimmed);
  json_add(json, ",\"slowestCycleUs\":%lld", slowest);
  return problem;
}
