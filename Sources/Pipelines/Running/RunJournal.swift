internal import Columnar
package import Engine
package import Foundation

/// The journal of one run: who ran what on which files, and how it ended.
///
/// Names, sizes and counts; no value of any row.
package struct RunJournal: Codable, Sendable {
  package struct File: Codable, Sendable {
    package var table: String
    package var path: String
    package var bytes: Int64
  }

  package var run: Int
  package var project: String
  package var target: String
  package var user: String
  package var version: String
  package var asOf: String
  package var keyFingerprint: String
  package var vocabulary: String?
  package var started: Date
  package var ended: Date?
  package var outcome: String
  package var files: [File]
  package var books: BooksReport?
  /// What the files turned out to be that is worth knowing.
  package var remarks: [String]

  /// Begins the journal of a run; `asOf` is its day, in days since 1970-01-01.
  package init(
    run: Int, project: String, target: String, version: String, started: Date, asOf: Int64,
    keyFingerprint: String, files: [(table: String, part: SourcePart)], vocabulary: String?,
    remarks: [String]
  ) {
    self.run = run
    self.project = project
    self.target = target
    user = NSUserName()
    self.version = version
    let day = CivilCalendar.date(days: asOf)
    self.asOf = String(format: "%04d-%02d-%02d", day.year, day.month, day.day)
    self.keyFingerprint = keyFingerprint
    self.vocabulary = vocabulary
    self.started = started
    outcome = "running"
    self.remarks = remarks
    self.files = files.map { File(table: $0.table, path: $0.part.path, bytes: $0.part.size) }
  }

  /// Notes how the run ended.
  package mutating func end(_ outcome: String, books: BooksReport?) {
    self.outcome = outcome
    self.books = books
    ended = Date()
  }

  /// Writes the journal in one move, readable by its owner alone.
  package func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    try encoder.encode(self).write(to: URL(fileURLWithPath: path), options: .atomic)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }

  /// Reads a journal back.
  package static func read(_ path: String) throws -> RunJournal {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try decoder.decode(RunJournal.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }
}
