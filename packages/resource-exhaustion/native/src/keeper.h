/* What the parts of the keeper share. */
#ifndef KEEPER_H
#define KEEPER_H

#include <signal.h>
#include <sys/types.h>

#include "cgroup_files.h"
#include "text.h"

#define MOST_VICTIMS 256
#define MOST_ASKED 32

/* A victim as its parent knows it. */
struct kept {
  volatile pid_t pid; /* 0: a free place. */
  int number, commands, answers, asked_count;
  long long asked[MOST_ASKED], kills_before;
  double kill_at; /* 0: never. */
  size_t length;
  char rest[LONGEST_LINE];
};

extern struct kept kept[MOST_VICTIMS];
extern struct cgroup_files cgroup;
/* The line that is being said. */
extern struct json json;
extern int null_device;
extern double deadline;
extern sigset_t before_all;

double now(void);
/* Ends this process after so many seconds, or what its handler does. */
void set_timer(double seconds);
/* Ends all victims and this process. Does only what a signal handler may. */
void leave(int code) __attribute__((noreturn));
struct kept *find(int number);
void tell_error(const char *re, const char *name, const char *message);

/* Starts a victim and says so. */
void start(const char *re);
/* Gives a command to a victim. */
void pass_on(const char *re, char **words, int word_count);
/* A line of a victim (`with` is its struct kept). */
void relay(char *line, void *with);
/* Says how those went that ended. */
void reap(void);

/* Does what a line wants. */
void hear_line(char *line);

#endif
