#include <zlib.h>

// inflateInit2 and deflateInit2 are macros, which Swift does not import. 15 is the largest window,
// and 16 more ask for the header and the checksum of gzip. https://zlib.net/manual.html
static inline int ecluse_inflate_gzip(z_streamp stream) { return inflateInit2(stream, 15 + 16); }

// A negative size asks for deflated bytes alone, as an entry of a zip archive has them.
static inline int ecluse_inflate_raw(z_streamp stream) { return inflateInit2(stream, -15); }

static inline int ecluse_deflate_gzip(z_streamp stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
