import Diagnostics
import Foundation
import TestSupport

@testable import Vocabulary

/// Writes a mapping file and reads it back.
enum MappingFiles {
  static func codes(
    _ text: String, asOf: Int32? = nil, states: Set<MappingStatus> = MappingStatus.usual
  ) throws -> (value: SourceToConceptMap, diagnostics: DiagnosticList) {
    try withFile(text) { SourceToConceptMap.load(path: $0, asOf: asOf, states: states) }
  }

  static func file(
    _ bytes: [UInt8]
  ) throws -> (value: MappingFile, diagnostics: DiagnosticList) {
    try withFile(bytes) { MappingFile.open(path: $0) }
  }

  static func table(_ text: String) throws -> MappingTable {
    try withFile(text) { path in
      var list = DiagnosticList()
      return MappingTable(path: path, &list)
    }
  }

  static func values(
    _ text: String
  ) throws -> (value: ValueMapFile, diagnostics: DiagnosticList) {
    try withFile(text) { ValueMapFile.load(path: $0) }
  }

  /// Diagnostics as `severity code line:column`, in the order of the file.
  static func summary(_ list: DiagnosticList) -> [String] {
    list.sorted.map { diagnostic in
      let place = diagnostic.position.map { " \($0.line):\($0.column)" } ?? ""
      return "\(diagnostic.severity) \(diagnostic.code)\(place)"
    }
  }

  private static func withFile<Value>(_ text: String, _ body: (String) -> Value) throws -> Value {
    try withFile(Array(text.utf8), body)
  }

  private static func withFile<Value>(
    _ bytes: [UInt8], _ body: (String) -> Value
  ) throws -> Value {
    try withTemporaryFolder { folder in
      let place = folder.appendingPathComponent("map.csv")
      try Data(bytes).write(to: place)
      return body(place.path)
    }
  }
}
