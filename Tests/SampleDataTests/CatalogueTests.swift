import Foundation
import Testing

@testable import SampleData

/// The generator's knowledge of codes against the mapping files and the vocabulary of the project.
struct CatalogueTests {
  struct Vocabulary {
    var concepts: [Int: [String: String]] = [:]
    var mapsTo: [Int: Set<Int>] = [:]
    var mapsToValue: [Int: Set<Int>] = [:]

    init() throws {
      let folder = ProjectFiles.root.appendingPathComponent("sample-data/vocabulary")
      for row in try ProjectFiles.table(
        folder.appendingPathComponent("CONCEPT.csv"), separator: "\t")
      {
        concepts[try #require(Int(row["concept_id"] ?? ""))] = row
      }
      for row in try ProjectFiles.table(
        folder.appendingPathComponent("CONCEPT_RELATIONSHIP.csv"), separator: "\t")
      {
        let source = try #require(Int(row["concept_id_1"] ?? ""))
        let target = try #require(Int(row["concept_id_2"] ?? ""))
        switch row["relationship_id"] {
        case "Maps to": mapsTo[source, default: []].insert(target)
        case "Maps to value": mapsToValue[source, default: []].insert(target)
        default: break
        }
      }
    }

    func domain(_ concept: Int) -> String? { concepts[concept]?["domain_id"] }
    func isStandard(_ concept: Int) -> Bool { concepts[concept]?["standard_concept"] == "S" }

    /// The standard concepts of a source concept, once deprecated targets are followed.
    func targets(of concept: Int) -> Set<Int> {
      let targets = mapsTo[concept] ?? []
      return targets.reduce(into: []) { found, target in
        found.formUnion(isStandard(target) ? [target] : mapsTo[target] ?? [])
      }
    }
  }

  let vocabulary: Vocabulary

  init() throws { vocabulary = try Vocabulary() }

  /// The standard targets of each code of a mapping file.
  private func map(_ name: String) throws -> [String: Set<Int>] {
    let url = ProjectFiles.root.appendingPathComponent("mappings/\(name).csv")
    var targets: [String: Set<Int>] = [:]
    for row in try ProjectFiles.table(url) {
      let target = try #require(Int(row["target_concept_id"] ?? row["concept_id"] ?? ""))
      let concept = try #require(vocabulary.concepts[target])
      #expect(vocabulary.isStandard(target))
      #expect(row["target_vocabulary_id"] ?? concept["vocabulary_id"] == concept["vocabulary_id"])
      #expect(row["concept_name"] ?? concept["concept_name"] == concept["concept_name"])
      targets[try #require(row["source_code"] ?? row["source"]), default: []].insert(target)
    }
    return targets
  }

  private func domain(_ kind: EventKind) -> String {
    switch kind {
    case .condition: "Condition"
    case .procedure: "Procedure"
    case .drug: "Drug"
    case .measurement: "Measurement"
    case .observation: "Observation"
    }
  }

  private func expect(_ targets: [Target], are known: Set<Int>, _ code: String) {
    #expect(Set(targets.map { $0.concept }) == known, "\(code)")
    for target in targets {
      #expect(vocabulary.isStandard(target.concept), "\(code)")
      #expect(vocabulary.domain(target.concept) == domain(target.table), "\(code)")
    }
  }

  @Test func `diagnoses lead where their mapping file leads`() throws {
    let map = try map("cim10")
    for code in DiagnosisCode.all + [.unknown] {
      expect(code.targets, are: map[code.dotted] ?? [], code.code)
    }
  }

  @Test func `acts lead where their mapping file leads`() throws {
    let map = try map("ccam")
    for act in ActCode.all {
      expect(act.target.map { [$0] } ?? [], are: map[act.code] ?? [], act.code)
    }
  }

  @Test func `analyses lead where their mapping file or the vocabulary leads`() throws {
    let map = try map("hcl_lab")
    for code in ResultCode.all + [.unknown] {
      let known = map[code.code] ?? vocabulary.targets(of: code.sourceConcept)
      expect(code.target.map { [$0] } ?? [], are: known, code.code)
      if case .implied(let value) = code.kind {
        #expect(vocabulary.mapsToValue[code.sourceConcept] == [value])
      }
      if code.sourceConcept != 0 {
        #expect(vocabulary.concepts[code.sourceConcept]?["concept_code"] == code.code)
      }
    }
  }

  @Test func `drugs lead where their mapping file or the vocabulary leads`() throws {
    let map = try map("hcl_drugs")
    for drug in DrugCode.all {
      let known = map[drug.code] ?? vocabulary.targets(of: drug.sourceConcept)
      #expect(drug.target == 0 ? known.isEmpty : known == [drug.target], "\(drug.code)")
      if drug.sourceConcept != 0 {
        #expect(vocabulary.concepts[drug.sourceConcept]?["concept_code"] == drug.code)
        #expect(vocabulary.concepts[drug.sourceConcept]?["vocabulary_id"] == "ATC")
      }
    }
  }

  @Test func `the small lists agree with their mapping files`() throws {
    #expect(try map("hcl_sex") == ["M": [Sex.male.concept], "F": [Sex.female.concept]])
    let kinds = ["HC", "HDJ", "CS", "SE", "URG", "URGHC"].compactMap(StayKind.init)
    #expect(try map("hcl_visit_type") == lookup(kinds.map { ($0.rawValue, $0.concept) }))
    let units: [HospitalUnit.Kind] = [.full, .day, .clinic, .emergency]
    #expect(try map("hcl_unit_type") == lookup(units.map { ($0.rawValue, $0.concept) }))
    #expect(try map("pmsi_entry_mode") == lookup(PlaceCode.entry))
    #expect(try map("pmsi_exit_mode") == lookup(PlaceCode.exit))
    #expect(try map("hcl_units") == lookup(ResultCode.units))
    #expect(try map("hcl_lab_values") == lookup(ResultCode.values))
    #expect(try map("hcl_routes") == lookup(DrugCode.routes))
  }

  private func lookup(_ pairs: [(String, Int)]) -> [String: Set<Int>] {
    Dictionary(pairs.map { ($0.0, [$0.1]) }) { $0.union($1) }
  }

  @Test func `relationships have both ends and their inverse`() throws {
    for (source, targets) in vocabulary.mapsTo {
      #expect(vocabulary.concepts[source] != nil)
      for target in targets { #expect(vocabulary.concepts[target] != nil) }
      #expect(vocabulary.targets(of: source).allSatisfy { vocabulary.isStandard($0) })
    }
    for id in vocabulary.concepts.keys where vocabulary.isStandard(id) {
      #expect(vocabulary.mapsTo[id] == [id])
    }
  }
}
