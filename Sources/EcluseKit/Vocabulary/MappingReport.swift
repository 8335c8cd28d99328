import ArgumentParser
import Diagnostics
import Foundation

/// Tells what is wrong with mapping files.
enum MappingReport {
  /// Prints diagnostics; with an error among them the command ends with 1.
  static func tell(_ list: DiagnosticList, _ format: OutputFormat) throws {
    switch format {
    case .json: Terminal.print(list.json())
    case .text:
      for diagnostic in list.sorted {
        Terminal.note(
          diagnostic.rendered { path in
            FileManager.default.contents(atPath: path)
              .map { sourceLines(of: String(decoding: $0, as: UTF8.self)) }
          })
      }
    }
    if list.hasErrors { throw ExitCode(1) }
  }
}
