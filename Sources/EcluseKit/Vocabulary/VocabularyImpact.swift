import ArgumentParser
import Diagnostics
import Foundation
import Vocabulary

/// Says what a new release of the vocabularies does to the codes of a site.
struct VocabularyImpact: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "impact",
    abstract: "Say what a new release of the vocabularies does to your codes, before it is used.",
    discussion: """
      Compared are the codes of a run (--run), of mapping files (--mappings) or of whole
      vocabularies (--vocabulary). Kinds of findings, of which a code may have several:

        lost               had a standard concept, has none
        domain-moved       concepts of another domain: rows of into: event change table
        changed            other concepts
        deprecated-target  a mapping file names what is not valid and standard any more
        gained             had none, has one
        reviewed-gained    reviewed without a target, its vocabulary now has one; rows stay
        missing-code       the code is not in its vocabulary any more

      Local concepts are compared where both releases were built with them; --local builds
      those that are given as a download with them.

      Codes of fewer than 11 persons are not told, only how many they are.

      EXAMPLES
        ecluse vocabulary impact --from old.index --to /srv/athena --run emc2.sqlite
        ecluse vocabulary impact --from old.index --to new.index --run emc2.sqlite \\
          --mappings mappings --format html --output impact.html
        ecluse vocabulary impact --from old.index --to new.index --vocabulary ICD10 \\
          --fail-on lost,domain-moved

      EXIT CODES
        0 done   1 codes of a kind in --fail-on, no such run, or it counted no codes
        2 mistakes in mapping files   64 wrong usage
      """)

  /// What is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json, markdown, html
  }

  @OptionGroup var releases: ReleaseOptions

  @Option(
    help: ArgumentHelp(
      "A mapping file, or a folder of them; may be repeated.", valueName: "path"),
    completion: .file())
  var mappings: [String] = []

  @Option(
    help: ArgumentHelp(
      "All codes of this vocabulary of the release in use; may be repeated.", valueName: "id"))
  var vocabulary: [String] = []

  @Option(
    help: ArgumentHelp(
      "End with 1 where codes are of one of these kinds, with commas between them.",
      valueName: "kinds"))
  var failOn: String?

  @Option(help: ArgumentHelp("At most so many codes of a kind, as text.", valueName: "n"))
  var limit = 20

  @Option(help: "Print for people (text, markdown, html) or for programs (json).")
  var format: Format = .text

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where it is written (default: standard output).", valueName: "file"),
    completion: .file())
  var output: String?

  func validate() throws {
    if limit < 1 { throw ValidationError("'--limit': at least 1") }
    if releases.run == nil, mappings.isEmpty, vocabulary.isEmpty {
      throw ValidationError("no codes: give --run, --mappings or --vocabulary")
    }
    if releases.run != nil, !vocabulary.isEmpty {
      throw ValidationError("'--vocabulary' names codes without a run: leave '--run' out")
    }
    _ = try kinds()
  }

  func run() throws {
    let run = try releases.codes()
    try OutputFile.check(
      output,
      inputs: mappings + [releases.from, releases.to]
        + (releases.run.flatMap { run?.inputs($0) } ?? []))
    let day = Int32(ProjectOptions.today)
    let (files, diagnostics) = try MappingSource.load(mappings, asOf: day)
    if diagnostics.hasErrors {
      MappingReport.note(diagnostics.errors)
      Terminal.note("mapping files have errors: what they say there is left out")
    }
    try releases.withReleases { both in
      let codes = try ImpactCodes(
        run: run?.counts, files: files, vocabularies: vocabulary, in: both.old
      ).codes
      let report = ImpactReport(
        codes, both, paths: (releases.from, releases.to), run: run?.number)
      try write(report)
      if diagnostics.hasErrors { throw MappingReport.exitCode(diagnostics) }
      try fail(report)
    }
  }

  private func write(_ report: ImpactReport) throws {
    let page = ImpactPage(report)
    let text =
      switch format {
      case .text: page.text(limit: limit).joined(separator: "\n") + "\n"
      case .json: try Terminal.json(report) + "\n"
      case .markdown: page.markdown
      case .html: page.html
      }
    try OutputFile.write(text, to: output)
  }

  private func fail(_ report: ImpactReport) throws {
    let wanted = try kinds()
    let found = report.totals.filter {
      wanted.contains($0.kind) && $0.codes + $0.hiddenCodes > 0
    }
    for total in found {
      let codes = Terminal.counted(total.codes + total.hiddenCodes, "code")
      Terminal.note("\(total.kind.rawValue): \(codes)")
    }
    if !found.isEmpty { throw ExitCode(1) }
  }

  /// The kinds of `--fail-on`.
  private func kinds() throws -> Set<ImpactKind> {
    let words = (failOn ?? "").split(separator: ",").map(String.init)
    return Set(
      try words.map { word in
        if let kind = ImpactKind(rawValue: word) { return kind }
        let all = ImpactKind.allCases.map(\.rawValue)
        let nearest = nearestName(to: word, in: all).map { "; did you mean \($0)?" }
        throw ValidationError(
          "'--fail-on \(word)': no kind\(nearest ?? ", which are \(all.joined(separator: ", "))")")
      })
  }
}
