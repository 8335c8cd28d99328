import ArgumentParser
import Columnar
import Diagnostics
import Foundation

/// Tells what is wrong with mapping files.
enum MappingReport {
  /// How many diagnostics of one code a file shows at most, as text.
  private static let most = 5

  /// What ends a command although the files themselves have no mistake.
  private static let failures: Set<String> = [
    "unreadable-file", "lossy-conversion", "no-source-vocabulary",
  ]

  /// Prints diagnostics; an error among them ends the command.
  static func tell(_ list: DiagnosticList, _ format: OutputFormat) throws {
    switch format {
    case .json: Terminal.print(String(list.json().dropLast()))
    case .text: note(list)
    }
    if list.hasErrors { throw exitCode(list) }
  }

  /// Prints diagnostics for people, of each code in a file the first few.
  static func note(_ list: DiagnosticList) {
    let sources = MappingLines()
    let shown = list.collapsed(to: most)
    for diagnostic in shown.sorted {
      Terminal.note(diagnostic.rendered(source: sources.lines))
    }
    guard shown.all.count < list.all.count else { return }
    let errors = list.all.count { $0.severity == .error }
    Terminal.note("\(Terminal.counted(errors, "error")) in all")
  }

  /// How a command ends that found errors: 2 for mistakes in mapping files, 1 where it failed.
  static func exitCode(_ list: DiagnosticList) -> ExitCode {
    let errors = list.all.filter { $0.severity == .error }
    return ExitCode(errors.contains { !failures.contains($0.code) } ? 2 : 1)
  }
}

/// The lines of mapping files, each file read once.
final class MappingLines {
  private var known: [String: [String]?] = [:]

  /// The lines of a file; `nil` where it cannot be read.
  func lines(_ path: String) -> [String]? {
    if let lines = known[path] { return lines }
    let bytes =
      path == StandardInput.path
      ? try? StandardInput.bytes.get()
      : FileManager.default.contents(atPath: path).map { [UInt8]($0) }
    let lines = bytes.map(MappingLines.cut)
    known[path] = .some(lines)
    return lines
  }

  /// The lines of a mapping file as its reader counts them: they end at LF.
  static func cut(_ bytes: [UInt8]) -> [String] {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    return text.split(separator: 10, omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
    }
  }
}
