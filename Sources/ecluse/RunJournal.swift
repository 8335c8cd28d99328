import ArgumentParser
import Columnar
import Engine
import Foundation

/// The journal of one run: who ran what on which files, and how it ended. Names, sizes and counts;
/// no value of any row.
struct RunJournal: Codable {
  struct File: Codable {
    var table: String
    var path: String
    var bytes: Int64
  }

  var run: Int
  var project: String
  var target: String
  var user: String
  var version: String
  var asOf: String
  var keyFingerprint: String
  var vocabulary: String?
  var started: Date
  var ended: Date?
  var outcome: String
  var files: [File]
  /// What the files turned out to be that is worth knowing.
  var remarks: [String]
  var books: BooksReport?

  init(
    run: Int, project: String, target: String, started: Date, asOf: Int64, keyFingerprint: String,
    files: [(table: String, part: SourcePart)], vocabulary: String?, remarks: [String]
  ) {
    self.run = run
    self.project = project
    self.target = target
    user = NSUserName()
    version = Ecluse.configuration.version
    let day = CivilCalendar.date(days: asOf)
    self.asOf = String(format: "%04d-%02d-%02d", day.year, day.month, day.day)
    self.keyFingerprint = keyFingerprint
    self.vocabulary = vocabulary
    self.remarks = remarks
    self.started = started
    outcome = "running"
    self.files = files.map { File(table: $0.table, path: $0.part.path, bytes: $0.part.size) }
  }

  mutating func end(_ outcome: String, books: BooksReport?) {
    self.outcome = outcome
    self.books = books
    ended = Date()
  }

  /// Writes the journal in one move, readable by its owner alone.
  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    try encoder.encode(self).write(to: URL(fileURLWithPath: path), options: .atomic)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }

  /// Reads a journal back.
  static func read(_ path: String) throws -> RunJournal {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try decoder.decode(RunJournal.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }
}
