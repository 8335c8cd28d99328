import ArgumentParser
import Foundation
import Vocabulary

/// Finds concepts by words.
struct VocabularySearch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Find concepts by the words of their names, by their code or their id.",
    discussion: """
      Case, accents, word order and endings do not count; words of four letters and more may be
      mistyped, and the last one may be only begun. What is exactly meant comes first. Nothing found
      ends with 1.

      EXAMPLES
        ecluse vocabulary search vocabulary.index "diabète type 2" --standard
        ecluse vocabulary search vocabulary.index amoxicilin --vocabulary RxNorm --limit 5
        ecluse vocabulary search vocabulary.index E11.9 --format json | jq '.[].id'
      """)

  @OptionGroup var place: IndexPlace

  @Argument(help: "The words to look for, or a code, VOCABULARY:CODE or concept id.")
  var text: [String]

  @OptionGroup var filter: FilterOptions

  @Flag(help: "Only valid standard concepts.")
  var standard = false

  @Option(help: "At most that many concepts.")
  var limit = 20

  @Option(help: "Print for people (text), for programs (json) or for tables (csv).")
  var format: ListFormat = .text

  func validate() throws {
    if limit < 1 { throw ValidationError("'--limit': at least 1") }
    if text.allSatisfy(\.isEmpty) { throw ValidationError("no words to look for") }
  }

  func run() throws {
    try place.withIndex { index in
      let filter = try filter.filter(index, isStandardOnly: standard)
      let workers = ProcessInfo.processInfo.activeProcessorCount
      var search = ConceptSearch(
        index, try index.textIndex(workers: workers))
      let wanted = text.joined(separator: " ")
      var hits = search.find(wanted, filter, limit: limit)
      if let named = hit(wanted, index, filter) {
        hits = Array(([named] + hits.filter { $0.id != named.id }).prefix(limit))
      }
      IndexPlace.noteMissingSynonyms(index)
      switch format {
      case .json: Terminal.print(try Terminal.json(hits))
      case .csv: Terminal.print(csv(hits).joined(separator: "\n"))
      case .text: hits.forEach { Terminal.print(line($0)) }
      }
      guard hits.isEmpty else { return }
      if format == .text { Terminal.note("no concept has the words '\(wanted)'") }
      throw ExitCode(1)
    }
  }

  /// The concept that is named by its id, or as VOCABULARY:CODE.
  private func hit(_ text: String, _ index: VocabularyIndex, _ filter: ConceptFilter) -> SearchHit?
  {
    guard let position = index.position(named: text), filter.admits(position, of: index) else {
      return nil
    }
    return SearchHit(index.concept(at: position))
  }

  private func line(_ hit: SearchHit) -> String {
    let state =
      !hit.isValid
      ? ", invalid" : hit.standard == "S" ? "" : hit.standard == "C" ? ", class" : ", not standard"
    let found =
      switch hit.found {
      case .code: "code"
      case .name, .synonym: hit.score.formatted(places: 2)
      }
    let synonym = hit.synonym.map { "\n      synonym: \($0)" } ?? ""
    return
      "\(found)  \(hit.id)  \(hit.name)  (\(hit.vocabulary):\(hit.code), \(hit.domain)\(state))\(synonym)"
  }

  private func csv(_ hits: [SearchHit]) -> [String] {
    let head = [
      "concept_id", "concept_name", "vocabulary_id", "concept_code", "domain_id",
      "concept_class_id", "standard_concept", "is_valid", "score", "found", "synonym",
    ]
    let rows = hits.map { hit in
      [
        "\(hit.id)", hit.name, hit.vocabulary, hit.code, hit.domain, hit.conceptClass, hit.standard,
        "\(hit.isValid)", hit.score.formatted(places: 3), hit.found.rawValue, hit.synonym ?? "",
      ]
    }
    return ([head] + rows).map(CSVText.line)
  }
}
