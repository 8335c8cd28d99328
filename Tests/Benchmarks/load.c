// The least that loading finished rows into SQLite takes: CSV files of a CDM, prepared statements,
// one transaction, indexes after.
//
//   load FOLDER TABLES.sql INDEXES.sql DATABASE TABLE...
//
// Prints the number of rows and the seconds of the rows alone, without the indexes.
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { maximumColumns = 64 };

static sqlite3 *database;

static void fail(const char *what) {
  fprintf(stderr, "load: %s: %s\n", what, database ? sqlite3_errmsg(database) : "");
  exit(1);
}

static void execute(const char *sql) {
  if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK) fail(sql);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

// A file, whole and with a zero behind it; quotes are taken out in place.
static char *contents(const char *path, size_t *length) {
  int file = open(path, O_RDONLY);
  struct stat status;
  if (file < 0 || fstat(file, &status) != 0) fail(path);
  *length = (size_t)status.st_size;
  char *bytes = malloc(*length + 1);
  if (bytes == NULL) fail("memory");
  for (size_t done = 0; done < *length;) {
    ssize_t count = read(file, bytes + done, *length - done);
    if (count <= 0) fail(path);
    done += (size_t)count;
  }
  bytes[*length] = 0;
  close(file);
  return bytes;
}

// Binds one cell and returns the byte behind it: a comma, a line feed or the end.
static char *bind(sqlite3_stmt *insert, int column, char kind, char *cell) {
  if (*cell == '"') {
    char *read = cell + 1, *write = cell;
    for (; *read != 0; read++) {
      if (*read == '"' && *++read != '"') break;
      *write++ = *read;
    }
    sqlite3_bind_text(insert, column, cell, (int)(write - cell), SQLITE_STATIC);
    return read;
  }
  char *end = cell;
  while (*end != ',' && *end != '\n' && *end != 0) end++;
  if (end == cell) {
    sqlite3_bind_null(insert, column);
  } else if (kind == 'i') {
    sqlite3_bind_int64(insert, column, strtoll(cell, NULL, 10));
  } else if (kind == 'r') {
    sqlite3_bind_double(insert, column, strtod(cell, NULL));
  } else {
    sqlite3_bind_text(insert, column, cell, (int)(end - cell), SQLITE_STATIC);
  }
  return end;
}

// Prepares the insert of a whole row and notes of which kind each column is.
static sqlite3_stmt *prepare(const char *table, char *kinds, int *columns) {
  char sql[1024];
  sqlite3_stmt *info, *insert;
  snprintf(sql, sizeof sql, "select type from pragma_table_info('%s') order by cid", table);
  if (sqlite3_prepare_v2(database, sql, -1, &info, NULL) != SQLITE_OK) fail(sql);
  int length = snprintf(sql, sizeof sql, "insert into %s values (", table);
  for (*columns = 0; sqlite3_step(info) == SQLITE_ROW && *columns < maximumColumns; ++*columns) {
    const char *type = (const char *)sqlite3_column_text(info, 0);
    kinds[*columns] = strstr(type, "int") ? 'i' : strcmp(type, "real") == 0 ? 'r' : 't';
    length += snprintf(sql + length, sizeof sql - (size_t)length, *columns ? ", ?" : "?");
  }
  snprintf(sql + length, sizeof sql - (size_t)length, ")");
  sqlite3_finalize(info);
  if (sqlite3_prepare_v2(database, sql, -1, &insert, NULL) != SQLITE_OK) fail(sql);
  return insert;
}

static long load(const char *folder, const char *table) {
  char path[4096], kinds[maximumColumns];
  size_t length;
  int columns;
  snprintf(path, sizeof path, "%s/%s.csv", folder, table);
  char *bytes = contents(path, &length), *end = bytes + length;
  sqlite3_stmt *insert = prepare(table, kinds, &columns);
  char *cell = memchr(bytes, '\n', length);
  long rows = 0;
  for (cell = cell ? cell + 1 : end; cell < end; rows++) {
    for (int column = 1; column <= columns; column++) {
      cell = bind(insert, column, kinds[column - 1], cell) + 1;
    }
    if (sqlite3_step(insert) != SQLITE_DONE) fail(table);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  free(bytes);
  return rows;
}

int main(int count, char **words) {
  if (count < 6) {
    fprintf(stderr, "usage: load FOLDER TABLES.sql INDEXES.sql DATABASE TABLE...\n");
    return 64;
  }
  size_t length;
  long rows = 0;
  if (sqlite3_open(words[4], &database) != SQLITE_OK) fail(words[4]);
  execute("pragma page_size = 4096; pragma cache_size = -65536; pragma locking_mode = exclusive;"
          "pragma journal_mode = off; pragma synchronous = off; begin exclusive");
  execute(contents(words[2], &length));
  double start = now();
  for (int table = 5; table < count; table++) rows += load(words[1], words[table]);
  double seconds = now() - start;
  execute(contents(words[3], &length));
  execute("commit");
  if (sqlite3_close(database) != SQLITE_OK) fail("close");
  printf("{\"rows\": %ld, \"seconds\": %.3f}\n", rows, seconds);
  return 0;
}
