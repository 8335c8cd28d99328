import ArgumentParser
import Vocabulary

/// Says what an index holds.
struct VocabularyInfo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Say which vocabularies an index holds, and of which release.",
    discussion: """
      EXAMPLES
        ecluse vocabulary info vocabulary.index
        ecluse vocabulary info sample-data/vocabulary --format json | jq '.vocabularies[].vocabulary'
      """)

  @OptionGroup var options: VocabularyOptions

  func run() throws {
    try options.withIndex(isChecked: true) { index in
      let summary = index.summary()
      switch options.format {
      case .json: Terminal.print(try Terminal.json(summary))
      case .text:
        Terminal.print(
          text(summary, hasDrugs: index.contents.contains(.drugs)).joined(separator: "\n"))
      }
    }
  }

  private func text(_ summary: VocabularySummary, hasDrugs: Bool) -> [String] {
    func drugs(_ isKnown: Bool, _ file: String) -> String {
      if isKnown { return "known" }
      return hasDrugs ? "unknown: \(file) was not there" : "not in this index"
    }
    var lines = [
      "release: \(summary.release ?? "unknown")",
      "concepts: \(Terminal.grouped(summary.concepts)), content \(summary.contentHash)",
      "ingredients of drugs: \(drugs(summary.hasIngredients, "CONCEPT_ANCESTOR.csv"))",
      "strengths of drugs: \(drugs(summary.hasStrengths, "DRUG_STRENGTH.csv"))",
    ]
    lines += [
      ("relationships", summary.relationships), ("ancestors", summary.ancestors),
      ("synonyms", summary.synonyms),
    ].map { name, count in
      "\(name): \(count.map(Terminal.grouped) ?? "not in this index")"
    }
    if let rows = summary.danglingRows, rows > 0 {
      lines.append(
        "rows left out, for a concept that is not there: \(Terminal.grouped(rows))")
    }
    if summary.danglingEdges > 0 {
      lines.append(
        "relationships to concepts that are not there: \(Terminal.grouped(summary.danglingEdges))")
    }
    let heads = ["vocabulary", "concepts", "standard", "valid", "mapped"]
    let rows = summary.vocabularies.map { part in
      [part.vocabulary]
        + [part.concepts, part.standard, part.valid, part.mapped].map(Terminal.grouped)
    }
    return lines + [""] + Terminal.table(heads, rows)
  }
}
