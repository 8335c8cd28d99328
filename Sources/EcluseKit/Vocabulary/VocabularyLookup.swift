import ArgumentParser
import Columnar
import Dispatch
import Foundation
import Vocabulary

/// Looks a list of codes up.
struct VocabularyLookup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lookup",
    abstract: "Say what a list of codes maps to in the vocabularies.",
    discussion: """
      The list has one code a line. Each code has a row for every standard concept on which its rows
      end; the target 0 says that there is none, the source 0 that the code is not in the vocabulary.

      EXAMPLES
        ecluse vocabulary lookup vocabulary.index codes.txt --vocabulary ICD10
        ecluse vocabulary lookup vocabulary.index codes.txt --vocabulary ICD10 --format json
        cut -d, -f1 mappings/cim10.csv | ecluse vocabulary lookup vocabulary.index - --vocabulary ICD10
      """)

  @OptionGroup var place: IndexPlace

  @Argument(
    help: ArgumentHelp("The codes, one a line; - for standard input.", valueName: "codes"),
    completion: .file())
  var list: String

  @Option(help: "The vocabulary of the codes (vocabulary_id).")
  var vocabulary: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where the rows go (default: standard output).", valueName: "file"),
    completion: .file())
  var output: String?

  @Option(help: "Print for tables (csv) or for programs (json).")
  var format: Format = .csv

  /// What is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case csv, json
  }

  /// Codes that are looked up at once.
  private static let batchCount = 1 << 13

  func run() throws {
    try OutputFile.check(
      output, inputs: [place.path, list], header: format == .csv ? CodeReport.header : nil)
    try place.withIndex { index in
      guard let handle = index.vocabulary(written: vocabulary) else {
        let nearest =
          index.nearestVocabulary(to: vocabulary).map { "; did you mean \($0)?" } ?? ""
        throw Failure("'--vocabulary': no vocabulary '\(vocabulary)'\(nearest)")
      }
      try lookUp(try codes(), handle, index)
    }
  }

  private func lookUp(_ codes: TextArray, _ handle: Int, _ index: VocabularyIndex) throws {
    let sink = try RowSink(output, isJSON: format == .json)
    var report = CodeReport()
    var found: UInt64 = 0
    var followed: UInt64 = 0
    for start in stride(from: 0, to: codes.count, by: Self.batchCount) {
      let end = min(codes.count, start + Self.batchCount)
      let batch = codes.gather((start..<end).map { Int32($0) })
      let begun = DispatchTime.now().uptimeNanoseconds
      let positions = index.lookup(vocabulary: handle, codes: batch)
      let between = DispatchTime.now().uptimeNanoseconds
      let targets = index.standardTargets(of: positions)
      found += between - begun
      followed += DispatchTime.now().uptimeNanoseconds - between
      var rows: [UInt8] = []
      report.append(batch, positions, targets, of: index, to: &rows)
      try sink.write(rows)
    }
    try sink.end()
    func rate(_ nanoseconds: UInt64) -> String {
      String(format: "%.1f", Double(report.codes) * 1e3 / Double(max(1, nanoseconds)))
    }
    Terminal.note(
      "\(Terminal.counted(report.codes, "code")): \(Terminal.grouped(report.known)) in \(vocabulary), "
        + "\(Terminal.grouped(report.mapped)) with a standard concept; found at \(rate(found)), "
        + "with their targets at \(rate(found + followed)) million a second")
  }

  /// The lines of the list that are not empty.
  private func codes() throws -> TextArray {
    let bytes =
      try list == StandardInput.path
      ? StandardInput.bytes.get() : [UInt8](Data(contentsOf: URL(fileURLWithPath: list)))
    var codes = TextArray()
    for line in bytes.split(separator: 10) {
      let code = line.last == 13 ? line.dropLast() : line
      guard !code.isEmpty else { continue }
      codes.append(code.span)
    }
    return codes
  }
}
