package import Columnar
package import Engine

/// The settings of an extract table that a program writes as delimited text.
package struct ExternalSettings: ExtractorSettings {
  package var format: String { "external" }

  package var program: ExternalProgram
  /// How what the program writes is read; `files` is of no account.
  package var csv: CSVSettings
  /// The folder for what the program writes; `nil` where no program is to be run.
  package var scratch: String?
  /// Whether the run is to stop.
  package var isCancelled: @Sendable () -> Bool

  package init(
    program: ExternalProgram, csv: CSVSettings, scratch: String?,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.program = program
    self.csv = csv
    self.scratch = scratch
    self.isCancelled = isCancelled
  }
}

/// Runs a program and reads what it writes, as a CSV file that nobody else sees: the scratch file
/// has no name, is readable by its owner alone, and is gone with the process, however that ends.
package struct ExternalExtractor: Extractor {
  package let table: String
  package let schema: Schema
  package let parts: [SourcePart]
  package let remarks: [String]
  private let csv: CSVExtractor
  /// Kept as long as it is read.
  private let output: ScratchFile?

  /// Runs the program to its end and reads the header of what it wrote.
  ///
  /// - Throws: `ExternalProgramError`, or what `CSVExtractor` says of the header.
  package init(_ settings: ExternalSettings) throws {
    var text = settings.csv
    let short = text.table.split(separator: "/").last.map(String.init) ?? text.table
    text.shownName = "\(short) (\(settings.program.name))"
    var output: ScratchFile?
    if let scratch = settings.scratch {
      let file = try ScratchFile(folder: scratch)
      try settings.program.run(
        into: file, scratch: scratch, isCancelled: settings.isCancelled)
      text.files = [file.path]
      output = file
    } else {
      text.files = []
    }
    csv = try CSVExtractor(
      text, output == nil ? ["not run: \(settings.program.name)"] : [])
    self.output = output
    table = csv.table
    schema = csv.schema
    parts = csv.parts
    remarks = csv.remarks
  }

  package func open(_ part: SourcePart, file: Int) throws -> any PartReader {
    try csv.open(part, file: file)
  }

  package func parse(_ chunk: any SourceChunk) throws -> SourceBatch { try csv.parse(chunk) }

  package func lineNumbers(
    of offsets: [Int64], in part: SourcePart
  ) throws -> [Int64: Int64] {
    try csv.lineNumbers(of: offsets, in: part)
  }

  package func offset(ofLine line: Int, in part: SourcePart) throws -> Int64? {
    try csv.offset(ofLine: line, in: part)
  }
}
