#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The files that a shell pattern names (`*`, `?`, `[…]`), in the order of the bytes of their paths.
///
/// Folders are left out. A pattern without special characters names one file, or none when there is
/// no such file; so the result is empty when nothing matches (glob(3)).
package func filesMatching(_ pattern: String) -> [String] {
  var found = unsafe glob_t()
  defer { unsafe globfree(&found) }
  guard unsafe glob(pattern, GLOB_MARK | GLOB_NOSORT, nil, &found) == 0 else { return [] }
  var paths: [String] = []
  for index in 0..<Int(unsafe found.gl_pathc) {
    guard let path = unsafe found.gl_pathv[index] else { continue }
    paths.append(unsafe String(cString: path))
  }
  return paths.filter { !$0.hasSuffix("/") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}
