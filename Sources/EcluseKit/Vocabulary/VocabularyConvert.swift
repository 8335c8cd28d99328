import ArgumentParser
import Diagnostics
import Foundation
import Vocabulary

/// Turns a mapping file into another layout.
struct VocabularyConvert: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Turn a mapping file into one for Usagi, or into a source_to_concept_map.",
    discussion: """
      Read are files that Usagi saved or exported, source_to_concept_maps and
      value maps. Values, units, operators, types and numbers of codes have no
      place in a source_to_concept_map: such a file is refused, with the place of
      each.

      EXAMPLES
        ecluse vocabulary convert cim10.csv --to usagi -o cim10_usagi.csv
        ecluse vocabulary convert cim10.csv --to usagi --vocabulary v.index
        ecluse vocabulary convert lab_usagi.csv --to source_to_concept_map \\
          --source-vocabulary OUR_LAB --output lab.csv

      EXIT CODES
        0 done   1 something would be lost, or a file cannot be read or written
        2 mistakes in the mapping file   64 wrong usage
      """)

  enum Target: String, ExpressibleByArgument, CaseIterable {
    case usagi
    case sourceToConceptMap = "source_to_concept_map"
  }

  @Argument(
    help: "The mapping file; - for standard input.", completion: .file(extensions: ["csv"]))
  var file: String

  @Option(help: ArgumentHelp("What it becomes.", valueName: "layout"))
  var to: Target

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where it is written (default: standard output).", valueName: "file"),
    completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "source_vocabulary_id of the codes, where the file does not say it.", valueName: "name"))
  var sourceVocabulary: String?

  @Option(
    help: ArgumentHelp(
      "An index, or Athena's download (folder or zip), for the names and vocabularies of targets.",
      valueName: "index"), completion: .file())
  var vocabulary: String?

  @Option(
    help: ArgumentHelp(
      "The states of a review whose rows go into a source_to_concept_map, with commas between them.",
      valueName: "states"))
  var states: String = MappingStatus.usual.words.joined(separator: ",")

  @Option(help: "Print for people (text) or for programs (json).")
  var format: OutputFormat = .text

  func validate() throws {
    for word in states.split(separator: ",") where MappingStatus(rawValue: String(word)) == nil {
      let words = MappingStatus.allCases.map(\.rawValue)
      let nearest = nearestName(to: String(word), in: words).map { "; did you mean \($0)?" }
      throw ValidationError(
        "'--states \(word)': no state of a review\(nearest ?? ", which are \(words.joined(separator: ", "))")"
      )
    }
    if let sourceVocabulary, !(1...20).contains(sourceVocabulary.count) {
      throw ValidationError("'--source-vocabulary': from 1 to 20 characters")
    }
    if format == .json, output == nil || output == "-" {
      throw ValidationError("'--format json' needs '--output', for standard output has the JSON")
    }
  }

  func run() throws {
    try OutputFile.check(output, inputs: [file, vocabulary])
    var options = MappingConversion.Options()
    options.sourceVocabulary = sourceVocabulary
    options.states = Set(
      states.split(separator: ",").compactMap { MappingStatus(rawValue: String($0)) })
    guard let vocabulary else { return try convert(options) }
    try IndexPlace.withIndex(at: vocabulary) { index in
      options.vocabulary = index
      try convert(options)
    }
  }

  private func convert(_ options: MappingConversion.Options) throws {
    let layout: MappingLayout = to == .usagi ? .usagi : .sourceToConceptMap
    let conversion = MappingConversion(path: file, to: layout, options: options)
    if let output, let bytes = conversion.bytes { try OutputFile.write(bytes, to: output) }
    try MappingReport.tell(conversion.diagnostics, format)
    if output == nil, let bytes = conversion.bytes {
      Terminal.write(bytes)
    } else if let output, format == .text {
      Terminal.note("\(output): \(Terminal.grouped(conversion.count)) rows")
    }
  }
}
