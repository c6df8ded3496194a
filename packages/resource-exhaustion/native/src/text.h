/* Lines in, JSON lines out, without any parser: words are separated by one space, paths are escaped as %XX. */
#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>

#define LONGEST_LINE 65536
#define MOST_WORDS 16

/* A line of JSON that is being written. What does not fit is cut off, and the line is still one line. */
struct json {
  char text[LONGEST_LINE];
  size_t length;
};

void json_add(struct json *json, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* With quotes, and whatever JSON wants escaped. */
void json_add_string(struct json *json, const char *text);
/* Adds the end of the line and writes all of it. */
void json_send(struct json *json, int descriptor);
void write_all(int descriptor, const char *data, size_t length);

/* Reads once, calls for whole lines and keeps the rest in `text`, which has LONGEST_LINE bytes; 0 at the end of file. */
int read_lines(int descriptor, char *text, size_t *length, void (*call)(char *, void *), void *with);
/* Cuts a line into words in place; returns how many. */
int split_words(char *line, char **words);
/* Turns %XX into bytes, in place. */
char *unescape(char *text);
const char *errno_name(int number);

#endif
