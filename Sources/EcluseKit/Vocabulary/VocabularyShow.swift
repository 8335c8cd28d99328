import ArgumentParser
import Diagnostics
import Vocabulary

/// Shows a concept.
struct VocabularyShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a concept: its names, its validity, what it maps to.",
    discussion: """
      EXAMPLES
        ecluse vocabulary show vocabulary.index 201826
        ecluse vocabulary show vocabulary.index ICD10:E11.9 --format json
      """)

  @OptionGroup var options: VocabularyOptions

  @Argument(help: "A concept id, or VOCABULARY:CODE.")
  var concept: String

  func run() throws {
    try options.withIndex { index in
      guard let position = index.position(named: concept) else {
        Terminal.note(unknown(index))
        throw ExitCode(1)
      }
      let page = index.page(at: position)
      switch options.format {
      case .json: Terminal.print(try Terminal.json(page))
      case .text: Terminal.print(text(page).joined(separator: "\n"))
      }
    }
  }

  /// Why nothing was found, and what may have been meant.
  private func unknown(_ index: VocabularyIndex) -> String {
    guard Int64(concept) == nil else { return "no concept \(concept) in the vocabularies" }
    guard let colon = concept.firstIndex(of: ":") else {
      return "'\(concept)': write a concept id, or VOCABULARY:CODE"
    }
    let name = String(concept[..<colon])
    guard index.vocabulary(written: name) == nil else {
      return "no code '\(concept[concept.index(after: colon)...])' in \(name)"
    }
    let nearest = index.nearestVocabulary(to: name).map { "; did you mean \($0)?" } ?? ""
    return "no vocabulary '\(name)'\(nearest)"
  }

  private func text(_ page: ConceptPage) -> [String] {
    let one = page.concept
    let standard =
      switch page.standard {
      case "S": "standard"
      case "C": "classification"
      default: "not standard"
      }
    let invalid =
      switch page.invalidReason {
      case "": ""
      case "U": ", replaced (U)"
      case "D": ", deleted (D)"
      default: ", invalid (\(page.invalidReason))"
      }
    let lines = [
      "\(one.id)  \(one.name)",
      "  \(one.vocabulary):\(one.code), \(page.conceptClass), domain \(one.domain)",
      "  \(standard)\(invalid), valid \(page.validStart) to \(page.validEnd)",
    ]
    let others =
      page.synonyms.isEmpty
      ? [] : ["also called:"] + page.synonyms.map { "  \($0.name)  (\($0.language))" }
    func title(_ name: String, _ list: [ConceptPage.Reference], of count: Int) -> String {
      count > list.count ? "\(name) (\(Terminal.grouped(count - list.count)) more)" : name
    }
    let lists = [
      ("maps to", page.mapsTo), ("maps to value", page.mapsToValue),
      ("replaced by", page.replacedBy), ("rows end on", page.targets),
      ("parents", page.parents),
      (title("children", page.children, of: page.childCount), page.children),
      (title("mapped from", page.mappedFrom, of: page.mappedFromCount), page.mappedFrom),
      ("ingredients", page.ingredients),
    ]
    return lines + others
      + lists.filter { !$0.1.isEmpty }.flatMap { title, concepts in
        ["\(title):"] + concepts.map(line)
      }
      + (page.strengths.isEmpty ? [] : ["strength:"] + page.strengths.map(line))
      + (page.targets.isEmpty ? ["rows end on concept 0: it maps to no standard concept"] : [])
  }

  private func line(_ other: ConceptPage.Reference) -> String {
    let state = other.isValid ? (other.isStandard ? "" : ", not standard") : ", invalid"
    return
      "  \(other.id)  \(other.name)  (\(other.vocabulary):\(other.code), \(other.domain)\(state))"
  }

  private func line(_ strength: ConceptPage.Strength) -> String {
    func value(_ number: Double?, _ unit: String?) -> String? {
      number.map { number in
        let whole = Int64(exactly: number).map(String.init) ?? "\(number)"
        return unit.map { "\(whole) \($0)" } ?? whole
      }
    }
    let amount = value(strength.amount, strength.amountUnit)
    let parts = [
      value(strength.numerator, strength.numeratorUnit),
      value(strength.denominator, strength.denominatorUnit) ?? strength.denominatorUnit,
    ].compactMap(\.self)
    return "  \(strength.ingredient.name): \(amount ?? parts.joined(separator: " per "))"
  }
}
