// Counts what a program asks of the allocator; loaded before it by LD_PRELOAD.
//
// When the program ends, the count stands in the file that ALLOCATION_COUNT names.

#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

// What glibc's own functions are called beside their public names.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static atomic_ulong count;

static void note(void) { atomic_fetch_add_explicit(&count, 1, memory_order_relaxed); }

void *malloc(size_t size) {
  note();
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  note();
  return __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) {
  note();
  return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  note();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **found, size_t alignment, size_t size) {
  note();
  *found = __libc_memalign(alignment, size);
  return *found == NULL;
}

__attribute__((destructor)) static void tell(void) {
  const char *path = getenv("ALLOCATION_COUNT");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (!file) return;
  fprintf(file, "%lu\n", atomic_load(&count));
  fclose(file);
}
