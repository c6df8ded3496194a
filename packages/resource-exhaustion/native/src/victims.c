/* Victims from their start to their end. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "keeper.h"
#include "victim.h"

#define GRACE 2.0

struct kept kept[MOST_VICTIMS];
static int count;

/* Only what a signal handler may call. */
void leave(int code) {
  for (int at = 0; at < MOST_VICTIMS; at++)
    if (kept[at].pid > 0) kill(kept[at].pid, SIGKILL);
  for (int at = 0; at < MOST_VICTIMS; at++)
    if (kept[at].pid > 0) waitpid(kept[at].pid, NULL, 0);
  _exit(code);
}

struct kept *find(int number) {
  for (int at = 0; at < MOST_VICTIMS; at++)
    if (kept[at].pid > 0 && kept[at].number == number) return &kept[at];
  return NULL;
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

void start(const char *re) {
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

void pass_on(const char *re, char **words, int word_count) {
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

void relay(char *line, void *with) {
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

void reap(void) {
  int how;
  for (pid_t pid; (pid = waitpid(-1, &how, WNOHANG)) > 0;)
    for (int at = 0; at < MOST_VICTIMS; at++)
      if (kept[at].pid == pid) bury(&kept[at], how);
}
