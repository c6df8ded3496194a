/*
 * Keeps victims, each a process of its own: commands as lines on standard input, answers as JSON lines on standard output.
 * The same protocol as ../../python/seaworthy_keeper, as a static program that needs nothing where it runs.
 */
#include "keeper.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "victim.h"

#define MOST_FOLDERS 8
#define DEADLINE_PASSED 124

struct cgroup_files cgroup;
struct json json;
int null_device;
double deadline;
sigset_t before_all;
static volatile sig_atomic_t ending;

double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void set_timer(double seconds) {
  struct itimerval timer = {.it_value = {.tv_sec = (time_t)seconds, .tv_usec = (suseconds_t)((seconds - (double)(time_t)seconds) * 1e6)}};
  if (seconds <= 0) timer.it_value.tv_usec = 1;
  setitimer(ITIMER_REAL, &timer, NULL);
}

static void on_deadline(int signal) {
  (void)signal;
  leave(DEADLINE_PASSED);
}

static void on_end(int signal) {
  (void)signal;
  ending = 1;
}

static void on_child(int signal) { (void)signal; }

static void hear(char *line, void *with) {
  (void)with;
  hear_line(line);
}

static void look(void) {
  static char text[LONGEST_LINE];
  static size_t length;
  struct pollfd look_at[MOST_VICTIMS + 1] = {{.fd = 0, .events = POLLIN}};
  struct kept *who[MOST_VICTIMS + 1] = {NULL};
  int known = 1;
  double due = -1;
  for (int at = 0; at < MOST_VICTIMS; at++) {
    if (kept[at].pid <= 0) continue;
    if (kept[at].kill_at > 0 && kept[at].kill_at <= now()) kill(kept[at].pid, SIGKILL);
    if (kept[at].kill_at > 0) due = 0.05;
    who[known] = &kept[at];
    look_at[known].fd = kept[at].answers;
    look_at[known++].events = POLLIN;
  }
  struct timespec patience = {.tv_nsec = (long)(due * 1e9)};
  if (ppoll(look_at, (nfds_t)known, due < 0 ? NULL : &patience, &before_all) > 0) {
    for (int at = 1; at < known; at++) {
      if (look_at[at].revents == 0) continue;
      if (!read_lines(look_at[at].fd, who[at]->rest, &who[at]->length, relay, who[at])) usleep(1000); /* SIGCHLD is about to come. */
    }
    if (look_at[0].revents != 0 && !read_lines(0, text, &length, hear, NULL)) leave(0);
  }
  reap();
}

/* What whoever started us left open is none of ours, and would be counted as a victim's. */
static void close_inherited(void) {
  struct rlimit limit;
  if (close_range(3, ~0U, 0) == 0 || getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  for (int descriptor = 3; descriptor < 65536 && (rlim_t)descriptor < limit.rlim_max; descriptor++) close(descriptor);
}

static void set_signals(void) {
  sigset_t held;
  struct sigaction action = {.sa_handler = on_end};
  sigemptyset(&held);
  static const int ends[] = {SIGTERM, SIGINT, SIGHUP};
  for (size_t at = 0; at < sizeof ends / sizeof *ends; at++) {
    sigaction(ends[at], &action, NULL);
    sigaddset(&held, ends[at]);
  }
  action.sa_handler = on_child;
  sigaction(SIGCHLD, &action, NULL);
  sigaddset(&held, SIGCHLD);
  action.sa_handler = on_deadline;
  sigaction(SIGALRM, &action, NULL);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
  sigprocmask(SIG_BLOCK, &held, &before_all); /* They come while it waits, and only then. */
  for (size_t at = 0; at < sizeof ends / sizeof *ends; at++) sigdelset(&before_all, ends[at]);
  sigdelset(&before_all, SIGCHLD);
}

int main(int argument_count, char **arguments) {
  char *folders[MOST_FOLDERS];
  int folder_count = 0;
  double seconds = 3600;
  struct rlimit limit;
  if (argument_count > 1 && strcmp(arguments[1], SPAWNED) == 0) return SPAWNED_CODE;
  for (int at = 1; at + 1 < argument_count; at += 2) {
    if (strcmp(arguments[at], "--deadline") == 0) seconds = atof(arguments[at + 1]);
    if (strcmp(arguments[at], "--cgroup") == 0 && folder_count < MOST_FOLDERS) folders[folder_count++] = arguments[at + 1];
  }
  close_inherited();
  open_cgroup_files(&cgroup, folders, folder_count);
  null_device = open("/dev/null", O_RDWR);
  deadline = now() + seconds;
  set_signals();
  set_timer(seconds);
  getrlimit(RLIMIT_NOFILE, &limit);
  json_add(&json, "{\"event\":\"ready\",\"protocol\":1,\"kind\":\"native\",\"version\":\"1\",\"pid\":%d", (int)getpid());
  json_add(&json, ",\"pageBytes\":%ld,\"cgroup\":%d", sysconf(_SC_PAGESIZE), cgroup.version);
  json_add(&json, ",\"descriptors\":%lld}", (long long)limit.rlim_cur);
  json_send(&json, 1);
  while (!ending) look();
  leave(0);
}
