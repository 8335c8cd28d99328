import Foundation
import TestSupport

@testable import Vocabulary

/// A download made up for suggestions by relations: drugs under ATC classes, and tests with the parts
/// that LOINC has, beside source terms that name them badly and state the rest in columns.
struct RelationWorld {
  private(set) var concepts: [Concept] = []
  private(set) var edges: [[String]] = []
  private(set) var ancestors: [[String]] = []
  private(set) var synonyms: [[String]] = []
  /// The source terms by the ids of their concepts, with the ids that are right.
  private(set) var terms: [(id: Int64, term: SourceTerm, target: Int64)] = []
  private var random: SeededGenerator
  private var next: Int64 = 1

  init(drugs: Int, components: Int, seed: UInt64) {
    random = SeededGenerator(seed: seed)
    addDrugs(drugs)
    addTests(components)
  }

  private mutating func word() -> String {
    let syllables = [
      "ba", "cor", "dul", "fen", "gri", "hos", "ka", "lim", "mor", "nax", "pel", "tum",
    ]
    return (0..<Int.random(in: 3...4, using: &random)).map { _ in
      syllables.randomElement(using: &random) ?? ""
    }.joined()
  }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  private mutating func add(
    _ name: String, _ vocabulary: String, _ code: String, _ conceptClass: String,
    _ standard: String, domain: String
  ) -> Int64 {
    defer { next += 1 }
    concepts.append(
      Concept(
        id: next, code: code.isEmpty ? "\(vocabulary.prefix(2))\(next)" : code,
        vocabulary: vocabulary, domain: domain, name: name, conceptClass: conceptClass,
        standard: standard))
    return next
  }

  private mutating func edge(_ from: Int64, _ name: String, _ to: Int64, _ reverse: String) {
    edges.append(AthenaFiles.edge((from, to), name))
    edges.append(AthenaFiles.edge((to, from), reverse))
  }

  private mutating func source(
    _ name: String, _ target: Int64, domain: String, _ state: (inout SourceTerm) -> Void
  ) {
    let id = add(name, "Local", "", "Local", "", domain: domain)
    edge(id, "Maps to", target, "Mapped from")
    var term = SourceTerm(code: "", name: name)
    state(&term)
    terms.append((id, term, target))
  }

  /// Drugs are sold by names of their own: a brand and a strength say nothing of the substance.
  private mutating func addDrugs(_ count: Int) {
    var classes: [String: Int64] = [:]
    for number in 0..<count {
      let group = number / 3
      let letters = ["A", "B", "C", "D", "G", "H"]
      let code =
        letters[group % 6] + "0\(group / 6 % 9 + 1)" + letters[group / 54 % 6] + letters[group % 5]
        + "0\(number % 3 + 1)"
      let substance = word()
      var above: [Int64] = []
      for length in [1, 3, 4, 5, 7] {
        let own = String(code.prefix(length))
        let name = length == 7 ? "\(substance); oral" : word().uppercased()
        let level = ["", "1st", "", "2nd", "3rd", "4th", "", "5th"][length]
        let known = classes[own]
        let id = known ?? add(name, "ATC", own, "ATC \(level)", "C", domain: "Drug")
        classes[own] = id
        above.append(id)
      }
      let ingredient = add(substance, "RxNorm", "", "Ingredient", "S", domain: "Drug")
      edge(above[4], "ATC - RxNorm pr lat", ingredient, "RxNorm - ATC pr lat")
      for strength in [5, 20, 100] {
        let drug = add(
          "\(substance) \(strength) MG Oral Tablet", "RxNorm", "", "Clinical Drug", "S",
          domain: "Drug")
        edge(above[4], "ATC - RxNorm", drug, "RxNorm - ATC")
        for (place, level) in above.enumerated() {
          ancestors.append(["\(level)", "\(drug)", "\(5 - place)", "\(5 - place)"])
        }
        let brand = word()
        let isNamed = chance(30)
        let said = isNamed ? SuggestionWorld.mistyped(substance, &random) : brand
        let known = Array(classes.keys).sorted()
        let wrong = known.filter { $0.count == 7 }.randomElement(using: &random) ?? code
        let (isStated, isWrong, isWide) = (!chance(15), chance(5), chance(15))
        source("\(said) \(strength)mg cpr", drug, domain: "Drug") { term in
          if isStated { term.atc = isWrong ? wrong : isWide ? String(code.prefix(5)) : code }
        }
      }
    }
  }

  /// A laboratory names what is measured; specimen, unit and method stand in columns.
  private mutating func addTests(_ count: Int) {
    func part(_ name: String, _ short: String, _ kind: String) -> Int64 {
      let id = add(name, "LOINC", "", "LOINC \(kind)", "C", domain: "Measurement")
      synonyms.append(["\(id)", short, "4180186"])
      return id
    }
    let systems = [
      ("Serum or Plasma", "Ser/Plas", "serum"), ("Urine", "Urine", "urine"),
      ("Blood", "Bld", "blood"),
    ].map { (name: $0.0, said: $0.2, id: part($0.0, $0.1, "System")) }
    let properties = [
      ("Mass/volume", "Mass Concentration", "MCnc", "mg/L"),
      ("Moles/volume", "Substance Concentration", "SCnc", "mmol/L"),
    ].map { (name: $0.0, unit: $0.3, id: part($0.1, $0.2, "Property")) }
    let quantitative = part("Quantitative", "Qn", "Scale")
    let ordinal = part("Ordinal", "Ord", "Scale")
    let spot = part("Point in time (spot)", "Pt", "Time")
    let method = part("Immunoassay", "IA", "Method")
    for _ in 0..<count {
      let (name, said) = (word(), word())
      let component = part(name, String(name.prefix(4)), "Component")
      synonyms.append(["\(component)", said, "4180190"])
      for system in systems {
        for property in properties {
          let isScreen = chance(20)
          let hasMethod = chance(40)
          let test = add(
            "\(name) [\(isScreen ? "Presence" : property.name)] in \(system.name)"
              + (hasMethod ? " by Immunoassay" : ""), "LOINC", "", "Lab Test", "S",
            domain: "Measurement")
          edge(test, "Has component", component, "Component of")
          edge(test, "Has system", system.id, "System of")
          edge(test, "Has property", property.id, "Property of")
          edge(test, "Has scale type", isScreen ? ordinal : quantitative, "Scale type of")
          edge(test, "Has time aspect", spot, "Time aspect of")
          if hasMethod { edge(test, "Has method", method, "Method of") }
          let (states, isWrong) = (!chance(15), chance(5))
          let other = systems.randomElement(using: &random)?.said ?? ""
          let label = SuggestionWorld.mistyped(chance(50) ? said : name, &random)
          let saysMethod = chance(60)
          source(label, test, domain: "Measurement") { term in
            guard states else { return }
            term.specimen = isWrong ? other : system.said
            if !isScreen { term.unit = property.unit }
            if hasMethod, saysMethod { term.method = "immuno assay" }
          }
        }
      }
    }
  }

  /// Writes the download.
  func write(_ files: AthenaFiles) throws {
    try files.write("CONCEPT.csv", AthenaFiles.conceptColumns, concepts.map(AthenaFiles.row))
    try files.write("CONCEPT_RELATIONSHIP.csv", AthenaFiles.edgeColumns, edges)
    try files.write(
      "CONCEPT_ANCESTOR.csv",
      [
        "ancestor_concept_id", "descendant_concept_id", "min_levels_of_separation",
        "max_levels_of_separation",
      ], ancestors)
    try files.write(
      "CONCEPT_SYNONYM.csv", ["concept_id", "concept_synonym_name", "language_concept_id"],
      synonyms)
  }

  /// The source terms with all that they state.
  func known(_ index: VocabularyIndex) -> [KnownTerm] {
    terms.compactMap { id, term, target in
      guard let concept = index.position(ofConcept: id),
        let right = index.position(ofConcept: target)
      else { return nil }
      return KnownTerm(term: term, targets: [right], concept: concept)
    }
  }
}
