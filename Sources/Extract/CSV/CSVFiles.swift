import Columnar

/// The files of a table: those that any of the patterns names, each once, in the order of the bytes
/// of their paths.
///
/// A pattern is a path with `*`, `?` and `[…]`; the result is empty when no file matches.
package func expandFiles(_ patterns: [String]) -> [String] {
  Set(patterns.flatMap { filesMatching($0) })
    .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}
