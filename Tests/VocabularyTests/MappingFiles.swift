import Diagnostics
import Foundation
import TestSupport

@testable import Vocabulary

/// Writes a mapping file and reads it back.
enum MappingFiles {
  static func codes(
    _ text: String, asOf: Int32? = nil
  ) throws -> (value: SourceToConceptMap, diagnostics: DiagnosticList) {
    try withFile(text) { SourceToConceptMap.load(path: $0, asOf: asOf) }
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
    try withTemporaryFolder { folder in
      let place = folder.appendingPathComponent("map.csv")
      try Data(text.utf8).write(to: place)
      return body(place.path)
    }
  }
}
