#include "text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Room for the closing brackets and the end of the line. */
#define ROOM (LONGEST_LINE - 8)

void json_add(struct json *json, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(json->text + json->length, ROOM - json->length, format, arguments);
  va_end(arguments);
  if (length > 0) json->length += (size_t)length;
  if (json->length > ROOM) json->length = ROOM;
}

void json_add_string(struct json *json, const char *text) {
  json_add(json, "\"");
  for (; *text != 0 && json->length < ROOM - 8; text++) {
    unsigned char byte = (unsigned char)*text;
    if (byte == '"' || byte == '\\')
      json_add(json, "\\%c", byte);
    else if (byte == '\n')
      json_add(json, "\\n");
    else if (byte < 0x20 || byte > 0x7e)
      json_add(json, "\\u%04x", byte);
    else
      json_add(json, "%c", byte);
  }
  json_add(json, "\"");
}

void json_send(struct json *json, int descriptor) {
  json->text[json->length++] = '\n';
  write_all(descriptor, json->text, json->length);
  json->length = 0;
}

void write_all(int descriptor, const char *data, size_t length) {
  while (length > 0) {
    ssize_t written = write(descriptor, data, length);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return; /* Nobody listens any more: the end of standard input follows. */
    data += written;
    length -= (size_t)written;
  }
}

int split_words(char *line, char **words) {
  int count = 0;
  for (char *word = strtok(line, " "); word != NULL && count < MOST_WORDS; word = strtok(NULL, " ")) words[count++] = word;
  return count;
}

char *unescape(char *text) {
  char *to = text;
  for (const char *from = text; *from != 0; from++) {
    char digits[3] = {from[0] == '%' ? from[1] : 0, from[0] == '%' && from[1] != 0 ? from[2] : 0, 0};
    if (digits[1] != 0) {
      *to++ = (char)strtol(digits, NULL, 16);
      from += 2;
    } else
      *to++ = *from;
  }
  *to = 0;
  return text;
}

const char *errno_name(int number) {
  static char other[16];
  switch (number) {
    case ENOMEM: return "ENOMEM";
    case EMFILE: return "EMFILE";
    case ENFILE: return "ENFILE";
    case ENOSPC: return "ENOSPC";
    case EDQUOT: return "EDQUOT";
    case EFBIG: return "EFBIG";
    case EROFS: return "EROFS";
    case EACCES: return "EACCES";
    case EPERM: return "EPERM";
    case ENOENT: return "ENOENT";
    case ENOTDIR: return "ENOTDIR";
    case EISDIR: return "EISDIR";
    case EEXIST: return "EEXIST";
    case EAGAIN: return "EAGAIN";
    case EIO: return "EIO";
    case EINVAL: return "EINVAL";
    case ESRCH: return "ESRCH";
    default: snprintf(other, sizeof other, "errno %d", number); return other;
  }
}

int read_lines(int descriptor, char *text, size_t *length, void (*call)(char *, void *), void *with) {
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
