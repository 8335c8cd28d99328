import ArgumentParser
import Columnar
import Diagnostics
import Foundation
import Vocabulary

/// Suggests concepts for codes that have none.
struct VocabularySuggest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: "Suggest standard concepts for codes that have none.",
    discussion: """
      FILE is CSV with the columns source_code, source_name and perhaps frequency, unit, atc (a class
      of ATC), specimen and method, or a file of Usagi, of which those codes count that nobody
      approved. --format usagi writes one that Usagi and Écluse read, with the best concept of each
      code, UNCHECKED, and its score as matchScore.

      What a score means is learnt from the vocabulary itself when its index is built, from concepts
      that map to others of another name: of the suggestions scored 0.9 about nine in ten are right.
      --evaluate says how good that is on a part that nothing was learnt from; --pairs takes a mapping
      file instead.

      EXAMPLES
        ecluse vocabulary suggest unmapped.csv --index vocabulary.index
        ecluse vocabulary suggest unmapped.csv --index vocabulary.index --mappings mappings \\
          --domain Measurement --format usagi > to-review.csv
        ecluse vocabulary suggest --index vocabulary.index --evaluate
        ecluse vocabulary suggest --index vocabulary.index --evaluate --pairs mappings/ccam.csv
      """)

  /// What is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json, csv, usagi
  }

  @Argument(
    help: ArgumentHelp("The codes that want concepts; - for standard input.", valueName: "file"),
    completion: .file())
  var file: String?

  @Option(
    name: .customLong("index"),
    help: ArgumentHelp(
      "An index, or Athena's download (folder or zip), of which one is made for this once.",
      valueName: "index"), completion: .file())
  var indexPath: String

  @Option(
    help: ArgumentHelp(
      "A folder of mapping files to learn from: what was approved once is suggested again.",
      valueName: "folder"), completion: .directory)
  var mappings: String?

  @OptionGroup var filter: FilterOptions

  @Option(help: "At most that many suggestions for each code.")
  var limit = 5

  @Flag(help: "Say how good suggestions are, beside those of a plain TF-IDF cosine.")
  var evaluate = false

  @Option(
    help: ArgumentHelp("Evaluate with the pairs of this mapping file.", valueName: "file"),
    completion: .file())
  var pairs: String?

  @Option(help: "Print for people (text), for programs (json), as a table (csv) or for Usagi.")
  var format: Format = .text

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where it is written (default: standard output).", valueName: "file"),
    completion: .file())
  var output: String?

  func validate() throws {
    if limit < 1 { throw ValidationError("'--limit': at least 1") }
    if evaluate {
      if file != nil { throw ValidationError("'--evaluate' takes no file of codes") }
      if format == .csv || format == .usagi {
        throw ValidationError("'--evaluate' prints text or json")
      }
    } else {
      if file == nil { throw ValidationError("no file of codes") }
      if pairs != nil { throw ValidationError("'--pairs' belongs to '--evaluate'") }
    }
    if evaluate, output != nil { throw ValidationError("'--evaluate' prints, and takes no file") }
  }

  func run() throws {
    for path in [file, pairs, mappings].compactMap(\.self) where path != StandardInput.path {
      try Failure.unlessThere(path)
    }
    try OutputFile.check(output, inputs: [file, mappings, indexPath])
    try IndexPlace.withIndex(at: indexPath) { index in
      IndexPlace.noteMissingSynonyms(index)
      let filter = try filter.filter(index, isStandardOnly: true)
      let approved = try mappings.map { try ApprovedMappings.load(folder: $0, index) } ?? []
      let workers = ProcessInfo.processInfo.activeProcessorCount
      let model = try index.suggestionModel()
      var suggester = try Suggester(
        index, try index.textIndex(workers: workers), filter: filter, approved: approved,
        model: model ?? SuggestionModel())
      if !index.contents.isSuperset(of: [.relationships, .ancestors]) {
        Terminal.note(
          "the index holds no relationships: ATC classes and the parts of tests do not count; build it without --only"
        )
      }
      if evaluate { return try report(&suggester, index, filter, model != nil, workers) }
      if model == nil { suggester.learn(index.knownTerms(filter), workers: workers) }
      try suggest(suggester, workers)
    }
  }

  private func suggest(_ suggester: Suggester, _ workers: Int) throws {
    guard let file else { return }
    let (codes, list) = UnmappedCodes.load(path: file)
    MappingReport.note(list)
    if list.hasErrors { throw MappingReport.exitCode(list) }
    if !suggester.isCalibrated {
      Terminal.note(
        "the vocabulary has fewer than 1000 pairs to learn from: scores tell an order, no more")
    }
    let limit = limit
    let found = suggester.concurrently(codes.terms, workers: workers) { suggester, term in
      (term, term.name.isEmpty ? [] : suggester.suggest(term, limit: limit))
    }
    let page = SuggestionPage(found, of: codes)
    switch format {
    case .text: try write(page.text.joined(separator: "\n"))
    case .json: try write(try Terminal.json(page.entries))
    case .csv: try write(page.csv.joined(separator: "\n"))
    case .usagi:
      let lines = page.usagi
      try write(String(lines.text.dropLast()))
      if let remark = lines.remark { Terminal.note(remark) }
    }
  }

  private func write(_ text: String) throws { try OutputFile.write(text + "\n", to: output) }

  /// Says why nothing could be evaluated.
  private func tellNotEvaluable(_ pairs: Int) throws {
    struct Answer: Encodable {
      var isEvaluable = false
      var pairs: Int
    }
    Terminal.note(
      "not evaluable: \(Terminal.counted(pairs, "pair")) of different names, "
        + "at least 1000 are needed")
    if format == .json { Terminal.print(try Terminal.json(Answer(pairs: pairs))) }
  }

  private func report(
    _ suggester: inout Suggester, _ index: VocabularyIndex, _ filter: ConceptFilter,
    _ isBuilt: Bool, _ workers: Int
  ) throws {
    let known =
      pairs.map { ApprovedMappings.load(path: $0, index).differing(index) }
      ?? index.knownTerms(filter)
    let evaluation: Evaluation = isBuilt ? pairs == nil ? .built : .foreign : .learning
    guard let report = suggester.evaluate(known, evaluation, workers: workers) else {
      try tellNotEvaluable(known.count)
      throw ExitCode(1)
    }
    guard format == .text else { return Terminal.print(try Terminal.json(report)) }
    func row(_ name: String, _ recall: SuggestionReport.Recall) -> [String] {
      [name, recall.at1.formatted(places: 3), recall.at5.formatted(places: 3)]
    }
    let asked = Terminal.grouped(report.terms)
    Terminal.print(
      evaluation == .foreign
        ? "learnt from the vocabulary alone, asked \(asked) pairs of the file\n"
        : "learnt from \(Terminal.grouped(report.learnt)) pairs, asked \(asked) others, none of the same concept\n"
    )
    Terminal.print(
      Terminal.table(
        ["right among", "1", "5"],
        [
          row("suggestions", report.suggestions)
        ] + (report.names.map { [row("suggestions by name alone", $0)] } ?? []) + [
          row("TF-IDF cosine", report.cosine),
          row("TF-IDF cosine with mapped names", report.cosineOfSources),
        ]
      ).joined(separator: "\n"))
    Terminal.print("\nthe first suggestion, by its score")
    Terminal.print(
      Terminal.table(
        ["score", "right", "suggestions"],
        report.bins.map {
          [$0.score.formatted(places: 2), $0.right.formatted(places: 2), "\($0.count)"]
        }
      ).joined(separator: "\n"))
    Terminal.print(
      "mean distance of score and share: \(report.calibrationError.formatted(places: 3))")
  }
}
