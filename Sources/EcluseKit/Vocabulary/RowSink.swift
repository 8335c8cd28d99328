import Columnar
import Foundation
import Vocabulary

/// Where the rows of a `CodeReport` go as they come: as CSV, or as a JSON array of objects.
final class RowSink {
  private let file: FileHandle?
  private let path: String
  private let isJSON: Bool
  private var isFirst = true

  /// Begins the rows.
  ///
  /// - Parameters:
  ///   - path: the file; `nil` and `-` stand for standard output.
  ///   - isJSON: whether JSON is written.
  /// - Throws: an error of the file system.
  init(_ path: String?, isJSON: Bool) throws {
    self.isJSON = isJSON
    self.path = path ?? "-"
    if let path, path != "-" {
      let isThere = FileManager.default.fileExists(atPath: path)
      guard isThere || FileManager.default.createFile(atPath: path, contents: nil),
        let file = FileHandle(forWritingAtPath: path)
      else { throw Failure("'\(path)': it cannot be written") }
      // A device has no length.
      try? file.truncate(atOffset: 0)
      self.file = file
    } else {
      file = nil
    }
    try put(Array((isJSON ? "[" : CodeReport.header).utf8))
  }

  /// Writes rows that are CSV.
  func write(_ rows: [UInt8]) throws {
    guard isJSON else { return try put(rows) }
    var json: [UInt8] = []
    for line in rows.split(separator: 10) {
      json += Array(isFirst ? "\n".utf8 : ",\n".utf8)
      isFirst = false
      json += try RowSink.object(Array(line))
    }
    try put(json)
  }

  /// Ends the rows.
  func end() throws {
    if isJSON { try put(Array((isFirst ? "]\n" : "\n]\n").utf8)) }
    try file?.close()
  }

  private struct Row: Encodable {
    var code: String
    var source: Int64
    var target: Int64
  }

  /// A row as an object; its last two cells are numbers, and all before them is the code.
  private static func object(_ line: [UInt8]) throws -> [UInt8] {
    let text = String(decoding: line, as: UTF8.self)
    let cells = text.split(separator: ",", omittingEmptySubsequences: false)
    var code = cells.dropLast(2).joined(separator: ",")
    if code.hasPrefix("\"") {
      code = code.dropFirst().dropLast().replacingOccurrences(of: "\"\"", with: "\"")
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let row = Row(
      code: code, source: cells.dropLast().last.flatMap { Int64($0) } ?? 0,
      target: cells.last.flatMap { Int64($0) } ?? 0)
    return Array("  ".utf8) + [UInt8](try encoder.encode(row))
  }

  private func put(_ bytes: [UInt8]) throws {
    guard let file else { return Terminal.write(bytes) }
    do {
      try file.write(contentsOf: Data(bytes))
    } catch {
      throw Failure("'\(path)': \(Failure.words(error))")
    }
  }
}
