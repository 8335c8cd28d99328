package import Engine

/// What a run came to, for the summary and for programs.
package struct RunOutcome: Codable, Sendable {
  package var run: Int
  package var target: String
  package var state: String
  package var books: BooksReport
  package var seconds: Double
  /// The bytes of the source files.
  package var bytes: Int
  package var rowsRead: Int
  package var rowsLoaded: Int
  /// The bytes of rows that went through a scratch file.
  package var spilled: Int
  package var partitions: Int
  package var phases: RunPhases
}
