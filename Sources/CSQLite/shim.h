#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast of -1 to a function pointer, which Swift does not import.
// https://www.sqlite.org/c3ref/c_static.html
static inline sqlite3_destructor_type ecluse_sqlite_transient(void) { return SQLITE_TRANSIENT; }
