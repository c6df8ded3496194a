#include "victim.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "churn.h"
#include "disk_hold.h"
#include "memory_hold.h"
#include "text.h"

#define PERIOD 0.05
/* What was missed (the quota or others had the core) is made up for up to so many seconds of work, no further. */
#define MOST_DEBT 1.0

static int reserve = -1, status = -1, base;
static int *extra, extras;
static size_t room;
static struct {
  double cores, since, used_before, next;
  int open_loop;
} duty;

static double seconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static long long resident(void) {
  char text[256];
  long long size, pages;
  ssize_t length = status < 0 ? 0 : pread(status, text, sizeof text - 1, 0);
  text[length < 0 ? 0 : length] = 0;
  return sscanf(text, "%lld %lld", &size, &pages) == 2 ? pages * sysconf(_SC_PAGESIZE) : 0;
}

static int count_descriptors(void) {
  int count = 0;
  for (int descriptor = 0; descriptor < 256; descriptor++) count += fcntl(descriptor, F_GETFD) >= 0;
  return count;
}

/* The kernel is to take this one first where memory ends. Raising it needs no right. */
static void volunteer(void) {
  int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  write_all(file, "1000", 4);
  close(file);
}

static void set_duty(double cores, int open_loop) {
  duty.cores = cores;
  duty.open_loop = open_loop;
  duty.since = duty.next = seconds(CLOCK_MONOTONIC);
  duty.used_before = seconds(CLOCK_PROCESS_CPUTIME_ID);
}

/* A closed loop on the own CPU time. */
static void work(void) {
  double now = seconds(CLOCK_MONOTONIC);
  if (duty.cores <= 0 || now < duty.next) return;
  duty.next = now + PERIOD;
  if (duty.open_loop) {
    double until = now + PERIOD * (duty.cores < 1 ? duty.cores : 1);
    while (seconds(CLOCK_MONOTONIC) < until) continue;
    return;
  }
  double used = seconds(CLOCK_PROCESS_CPUTIME_ID);
  double debt = duty.cores * (now - duty.since + PERIOD) - (used - duty.used_before);
  if (debt > MOST_DEBT) duty.used_before -= debt - MOST_DEBT;
  double until = used + (debt < PERIOD ? debt : PERIOD);
  while (seconds(CLOCK_PROCESS_CPUTIME_ID) < until) continue;
  if (debt > PERIOD) duty.next = seconds(CLOCK_MONOTONIC);
}

static int fill_descriptors(long long wanted, int unreserved) {
  if (unreserved && reserve >= 0) {
    close(reserve);
    reserve = -1;
  }
  while (wanted >= 0 && extras > wanted) close(extra[--extras]);
  while (wanted < 0 || extras < wanted) {
    if ((size_t)extras == room) {
      size_t more = room == 0 ? 4096 : 2 * room;
      int *grown = realloc(extra, more * sizeof *extra);
      if (grown == NULL) return ENOMEM;
      extra = grown;
      room = more;
    }
    /* Copies of standard input: they fill the table of this process and take nothing from the machine's. */
    int descriptor = dup(0);
    if (descriptor < 0) return errno;
    extra[extras++] = descriptor;
  }
  return 0;
}

static int look(const char *path) {
  char byte;
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return 0;
  int works = read(descriptor, &byte, 1) == 1;
  close(descriptor);
  return works;
}

/* With a pipe, as everyone starts programs whose output they want. */
static int spawn(void) {
  int ends[2], how;
  if (pipe(ends) != 0) return 0;
  pid_t child = fork();
  if (child == 0) {
    execl("/proc/self/exe", "keeper", SPAWNED, (char *)NULL);
    _exit(SPAWNED_CODE); /* No /proc: the fork alone has to do. */
  }
  close(ends[0]);
  close(ends[1]);
  return child > 0 && waitpid(child, &how, 0) == child && WIFEXITED(how) && WEXITSTATUS(how) == SPAWNED_CODE;
}

static void exercise(struct json *json) {
  char byte;
  int reserved = reserve >= 0 ? read(reserve, &byte, 1) == 1 : look("/dev/zero");
  json_add(json, "\"reservedRead\":%d,\"openFile\":%d", reserved, look("/dev/zero"));
  json_add(json, ",\"spawn\":%d,\"importModule\":%d", spawn(), look("/proc/self/exe"));
}

static void release(void) {
  set_duty(0, 0);
  memory_set(0, 0);
  fill_descriptors(0, 0);
  free(extra);
  extra = NULL;
  room = 0;
  if (reserve < 0) reserve = open("/dev/zero", O_RDONLY | O_CLOEXEC);
  disk_release();
}

static double cpu_ms(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
}

static int has_word(char **words, int count, const char *word) {
  for (int at = 0; at < count; at++)
    if (strcmp(words[at], word) == 0) return 1;
  return 0;
}

static int do_churn(struct json *json, char **words) {
  struct churn_options options = {
      .size = strtoull(words[0], NULL, 10),
      .smallest = strtoull(words[1], NULL, 10),
      .largest = strtoull(words[2], NULL, 10),
      .cycles = atoi(words[3]),
      .pin_every = atoi(words[4]),
      .trim = atoi(words[5]),
      .seed = strtoull(words[6], NULL, 10),
  };
  return churn(json, &options, resident);
}

/* Adds the figures; the errno that stopped it, or 0. */
static int obey(struct json *json, const char *verb, char **words, int count) {
  int problem = 0;
  if (strcmp(verb, "memory") == 0 && count >= 1) {
    problem = memory_set(strtoull(words[0], NULL, 10), has_word(words, count, "reserve"));
    json_add(json, "\"heldBytes\":%zu", memory_held());
  } else if (strcmp(verb, "cpu") == 0 && count >= 1) {
    set_duty(atof(words[0]), has_word(words, count, "open"));
    json_add(json, "\"cpuMs\":%.3f", cpu_ms());
  } else if (strcmp(verb, "descriptors") == 0 && count >= 1) {
    struct rlimit limit;
    problem = fill_descriptors(strcmp(words[0], "untilFull") == 0 ? -1 : atoll(words[0]), has_word(words, count, "unreserved"));
    getrlimit(RLIMIT_NOFILE, &limit);
    json_add(json, "\"openDescriptors\":%d,\"base\":%d", extras, base - (reserve < 0));
    json_add(json, ",\"limit\":%lld", (long long)limit.rlim_cur);
  } else if (strcmp(verb, "disk") == 0 && count >= 2) {
    long long written = 0;
    long long size = strcmp(words[1], "untilFull") == 0 ? UNTIL_FULL : atoll(words[1]);
    problem = disk_set(unescape(words[0]), size, has_word(words, count, "keep"), has_word(words, count, "preallocate"), &written);
    json_add(json, "\"writtenBytes\":%lld", written);
  } else if (strcmp(verb, "churn") == 0 && count >= 7) {
    problem = do_churn(json, words);
  } else if (strcmp(verb, "exercise") == 0) {
    exercise(json);
  } else if (strcmp(verb, "release") == 0 || strcmp(verb, "end") == 0) {
    release();
    json_add(json, "\"cpuMs\":%.3f", cpu_ms());
  } else
    problem = EINVAL;
  return problem;
}

static void answer(char *line, int answers) {
  static struct json figures, json;
  char *words[MOST_WORDS];
  int count = split_words(line, words);
  if (count < 2) return;
  figures.length = 0;
  figures.text[0] = 0;
  int problem = obey(&figures, words[1], words + 2, count - 2);
  figures.text[figures.length] = 0;
  json.length = 0;
  json_add(&json, "{\"re\":%s,\"outcome\":\"%s\"", words[0], problem == 0 ? "done" : "refused");
  json_add(&json, ",\"figures\":{%s}", figures.text);
  if (problem != 0) json_add(&json, ",\"error\":\"%s\"", errno_name(problem));
  json_add(&json, "}");
  json_send(&json, answers);
  if (strcmp(words[1], "end") == 0) _exit(0);
}

void be_victim(int commands, int answers) {
  static char text[LONGEST_LINE];
  size_t length = 0;
  struct pollfd look_at = {.fd = commands, .events = POLLIN};
  reserve = open("/dev/zero", O_RDONLY | O_CLOEXEC);
  status = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  base = count_descriptors();
  volunteer();
  for (;;) {
    double wait = (duty.next - seconds(CLOCK_MONOTONIC)) * 1000;
    int patience = duty.cores <= 0 ? -1 : wait > 0 ? (int)wait + 1 : 0;
    if (poll(&look_at, 1, patience) > 0) {
      ssize_t got = read(commands, text + length, sizeof text - 1 - length);
      if (got <= 0) _exit(0);
      length += (size_t)got;
      text[length] = 0;
      char *line = text;
      for (char *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = 0;
        answer(line, answers);
      }
      length = strlen(line);
      memmove(text, line, length + 1);
    }
    work();
  }
}
