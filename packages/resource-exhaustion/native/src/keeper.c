/*
 * Keeps victims, each a process of its own: commands as lines on standard input, answers as JSON lines on standard output.
 * The same protocol as ../../python/seaworthy_keeper, as a static program that needs nothing where it runs.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cgroup_files.h"
#include "inside.h"
#include "text.h"
#include "victim.h"

#define MOST_VICTIMS 256
#define MOST_ASKED 32
#define MOST_FOLDERS 8
#define GRACE 2.0
#define DEADLINE_PASSED 124

static struct kept {
  volatile pid_t pid; /* 0: a free place. */
  int number, commands, answers, asked_count;
  long long asked[MOST_ASKED], kills_before;
  double kill_at; /* 0: never. */
  size_t length;
  char rest[LONGEST_LINE];
} kept[MOST_VICTIMS];
static struct cgroup_files cgroup;
static struct json json;
static int count, null_device;
static double deadline;
static volatile sig_atomic_t ending;
static sigset_t before_all;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Only what a signal handler may call. */
static void leave(int code) {
  for (int at = 0; at < MOST_VICTIMS; at++)
    if (kept[at].pid > 0) kill(kept[at].pid, SIGKILL);
  for (int at = 0; at < MOST_VICTIMS; at++)
    if (kept[at].pid > 0) waitpid(kept[at].pid, NULL, 0);
  _exit(code);
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

static void set_timer(double seconds) {
  struct itimerval timer = {.it_value = {.tv_sec = (time_t)seconds, .tv_usec = (suseconds_t)((seconds - (double)(time_t)seconds) * 1e6)}};
  if (seconds <= 0) timer.it_value.tv_usec = 1;
  setitimer(ITIMER_REAL, &timer, NULL);
}

static struct kept *find(int number) {
  for (int at = 0; at < MOST_VICTIMS; at++)
    if (kept[at].pid > 0 && kept[at].number == number) return &kept[at];
  return NULL;
}

static void tell_error(const char *re, const char *name, const char *message) {
  json.length = 0;
  json_add(&json, "{\"re\":%s,\"error\":\"%s\"", re, name);
  if (message != NULL) json_add(&json, ",\"message\":\"%s\"", message);
  json_add(&json, "}");
  json_send(&json, 1);
}

/* Never returns. What is the keeper's own goes: held open by a victim, nobody would see the keeper's end. */
static void become_victim(int commands, int answers) {
  set_timer(deadline - now());
  for (int number = 1; number < 32; number++)
    if (number != SIGPIPE && number != SIGXFSZ) signal(number, SIG_DFL);
  sigprocmask(SIG_SETMASK, &before_all, NULL);
  for (int at = 0; at < MOST_VICTIMS; at++) {
    if (kept[at].pid <= 0) continue;
    close(kept[at].commands);
    close(kept[at].answers);
  }
  for (int at = 0; at < cgroup.count; at++) close(cgroup.files[at].descriptor);
  for (int standard = 0; standard < 3; standard++) dup2(null_device, standard);
  close(null_device);
  be_victim(commands, answers);
}

static void start(const char *re) {
  int to[2], from[2];
  struct kept *one = NULL;
  for (int at = MOST_VICTIMS - 1; at >= 0; at--)
    if (kept[at].pid == 0) one = &kept[at];
  if (one == NULL) return tell_error(re, "EAGAIN", NULL);
  if (pipe(to) != 0) return tell_error(re, errno_name(errno), NULL);
  if (pipe(from) != 0) {
    close(to[0]);
    close(to[1]);
    return tell_error(re, errno_name(errno), NULL);
  }
  long long kills = cgroup_kills(&cgroup);
  pid_t pid = fork();
  if (pid == 0) {
    close(to[1]);
    close(from[0]);
    become_victim(to[0], from[1]);
  }
  int problem = errno;
  close(to[0]);
  close(from[1]);
  if (pid < 0) {
    close(to[1]);
    close(from[0]);
    return tell_error(re, errno_name(problem), NULL);
  }
  one->number = ++count;
  one->commands = to[1];
  one->answers = from[0];
  one->kills_before = kills;
  one->asked_count = 0;
  one->kill_at = 0;
  one->length = 0;
  one->pid = pid;
  json.length = 0;
  json_add(&json, "{\"re\":%s,\"victim\":%d,\"pid\":%d}", re, one->number, (int)pid);
  json_send(&json, 1);
}

static void pass_on(const char *re, char **words, int word_count) {
  static char line[LONGEST_LINE];
  struct kept *one = find(atoi(words[0]));
  if (one == NULL || one->asked_count == MOST_ASKED) {
    json.length = 0;
    json_add(&json, "{\"re\":%s,\"outcome\":\"died\",\"figures\":{}}", re);
    return json_send(&json, 1);
  }
  one->asked[one->asked_count++] = atoll(re);
  size_t length = (size_t)snprintf(line, sizeof line, "%s", re);
  for (int at = 1; at < word_count; at++) length += (size_t)snprintf(line + length, sizeof line - length, " %s", words[at]);
  line[length++] = '\n';
  write_all(one->commands, line, length);
  if (strcmp(words[1], "end") == 0) one->kill_at = now() + GRACE;
}

static void tell_texts(void) {
  static char text[16384];
  json_add(&json, ",\"version\":%d,\"texts\":{", cgroup.version);
  for (int at = 0; at < cgroup.count; at++) {
    read_cgroup_file(&cgroup, cgroup.files[at].name, text, sizeof text);
    json_add(&json, "%s\"%s\":", at == 0 ? "" : ",", cgroup.files[at].name);
    json_add_string(&json, text);
  }
  json_add(&json, "}");
}

static void tell_processes(void) {
  json_add(&json, ",\"processes\":[");
  add_process(&json, getpid(), 0);
  for (int at = 0; at < MOST_VICTIMS; at++) {
    if (kept[at].pid <= 0) continue;
    json_add(&json, ",");
    add_process(&json, kept[at].pid, kept[at].number);
  }
  json_add(&json, "]");
}

static long long deleted(void) {
  pid_t pids[MOST_VICTIMS];
  int known = 0;
  for (int at = 0; at < MOST_VICTIMS; at++)
    if (kept[at].pid > 0) pids[known++] = kept[at].pid;
  return deleted_but_open(pids, known);
}

static int kill_victim(char **words) {
  struct kept *one = find(atoi(words[0]));
  if (one == NULL) return ESRCH;
  return kill(one->pid, atoi(words[1])) == 0 ? 0 : errno;
}

static void hear_line(char *line) {
  char *words[MOST_WORDS];
  int word_count = split_words(line, words), given = word_count - 2, problem = 0;
  if (word_count < 2 || strspn(words[0], "0123456789") != strlen(words[0])) {
    json.length = 0;
    json_add(&json, "{\"event\":\"unclear\"}");
    return json_send(&json, 1);
  }
  const char *re = words[0], *verb = words[1];
  if (strcmp(verb, "start") == 0) return start(re);
  if (strcmp(verb, "to") == 0 && given >= 2) return pass_on(re, words + 2, given);
  json.length = 0;
  json_add(&json, "{\"re\":%s", re);
  if (strcmp(verb, "ping") == 0) {
  } else if (strcmp(verb, "kill") == 0 && given >= 2) {
    problem = kill_victim(words + 2);
  } else if (strcmp(verb, "cgroup") == 0) {
    tell_texts();
  } else if (strcmp(verb, "processes") == 0) {
    tell_processes();
  } else if (strcmp(verb, "deleted") == 0) {
    json_add(&json, ",\"bytes\":%lld", deleted());
  } else if (strcmp(verb, "disk") == 0 && given >= 1) {
    problem = add_disk(&json, unescape(words[2]));
  } else if (strcmp(verb, "plant") == 0 && given >= 2) {
    problem = plant_file(&json, unescape(words[2]), strtoull(words[3], NULL, 10));
  } else if (strcmp(verb, "hash") == 0 && given >= 1) {
    problem = hash_file(&json, unescape(words[2]));
  } else if (strcmp(verb, "remove") == 0 && given >= 1) {
    problem = unlink(unescape(words[2])) != 0 && errno != ENOENT ? errno : 0;
  } else
    return tell_error(re, "USAGE", "unknown command");
  if (problem != 0) return tell_error(re, errno_name(problem), NULL);
  json_add(&json, "}");
  json_send(&json, 1);
}

/* Calls for whole lines and keeps the rest; 0 at the end of file. */
static int read_lines(int descriptor, char *text, size_t *length, void (*call)(char *, void *), void *with) {
  ssize_t got = read(descriptor, text + *length, LONGEST_LINE - 1 - *length);
  if (got < 0 && errno == EINTR) return 1;
  if (got <= 0) return 0;
  *length += (size_t)got;
  text[*length] = 0;
  char *line = text;
  for (char *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
    *end = 0;
    call(line, with);
  }
  *length = strlen(line);
  memmove(text, line, *length + 1);
  if (*length == LONGEST_LINE - 1) *length = 0; /* No line of ours. */
  return 1;
}

static void hear(char *line, void *with) {
  (void)with;
  hear_line(line);
}

static void relay(char *line, void *with) {
  struct kept *one = with;
  long long re = -1;
  sscanf(line, "{\"re\":%lld", &re);
  for (int at = 0; at < one->asked_count; at++)
    if (one->asked[at] == re) one->asked[at--] = one->asked[--one->asked_count];
  size_t length = strlen(line);
  line[length] = '\n'; /* It was one before. */
  write_all(1, line, length + 1);
  line[length] = 0;
}

static void bury(struct kept *one, int how) {
  long long kills = cgroup_kills(&cgroup), peak = cgroup_peak(&cgroup);
  struct pollfd look_at = {.fd = one->answers, .events = POLLIN};
  while (poll(&look_at, 1, 0) > 0 && read_lines(one->answers, one->rest, &one->length, relay, one)) continue;
  for (int at = 0; at < one->asked_count; at++) {
    json.length = 0;
    json_add(&json, "{\"re\":%lld,\"outcome\":\"died\",\"figures\":{}}", one->asked[at]);
    json_send(&json, 1);
  }
  close(one->commands);
  close(one->answers);
  json.length = 0;
  json_add(&json, "{\"event\":\"ended\",\"victim\":%d,\"pid\":%d", one->number, (int)one->pid);
  if (WIFEXITED(how)) json_add(&json, ",\"code\":%d", WEXITSTATUS(how));
  if (WIFSIGNALED(how)) json_add(&json, ",\"signal\":%d", WTERMSIG(how));
  if (one->kills_before >= 0 && kills >= 0) json_add(&json, ",\"killsBefore\":%lld,\"killsAfter\":%lld", one->kills_before, kills);
  if (peak >= 0) json_add(&json, ",\"peakBytes\":%lld", peak);
  json_add(&json, "}");
  one->pid = 0;
  json_send(&json, 1);
}

static void reap(void) {
  int how;
  for (pid_t pid; (pid = waitpid(-1, &how, WNOHANG)) > 0;)
    for (int at = 0; at < MOST_VICTIMS; at++)
      if (kept[at].pid == pid) bury(&kept[at], how);
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
