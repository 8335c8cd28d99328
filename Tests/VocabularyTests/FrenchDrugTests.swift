import Foundation
import Testing

@testable import Vocabulary

private let referenceData = ProcessInfo.processInfo.environment["ECLUSE_REFERENCE_DATA"]

/// Suggestions of ATC classes for French drugs, by public data.
@Suite(.enabled(if: referenceData != nil, "ECLUSE_REFERENCE_DATA is not set"))
struct FrenchDrugTests {
  private struct Drug: Decodable {
    // The names of the columns in the data.

    var ucd_7: String
    var ucd_libelle: String
  }

  /// Drugs as hospitals label them, by the ATC class of their boxes.
  ///
  /// The list of boxes (CIP) has no names, so those of its UCD codes are taken: of 28,367 boxes with a
  /// class, 19,658 have a UCD code with a label.
  private static func labels(_ folder: URL) throws -> [String: Set<String>] {
    let drugs = folder.appendingPathComponent("pmsi/referentials/ucd_libelle.json.gz")
    let names = Dictionary(
      try JSONDecoder().decode([Drug].self, from: try unpacked(drugs))
        .map { ($0.ucd_7, $0.ucd_libelle) }, uniquingKeysWith: { first, _ in first })
    let boxes = try ReferenceVocabularyTests.read(
      folder.appendingPathComponent("snds/cip13_cis_atc_ucd.csv"))
    var labels: [String: Set<String>] = [:]
    for box in boxes {
      let recent = box["atc_bdpm_mitm_2025"] ?? ""
      let atc = recent.isEmpty ? box["atc_ir_pha_r_2016"] ?? "" : recent
      guard atc.count >= 5, let name = names[box["ucd7_ir_pha_r_2016"] ?? ""] else { continue }
      labels[atc, default: []].insert(name)
    }
    return labels
  }

  private static func unpacked(_ file: URL) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/gzip")
    process.arguments = ["-dc", file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return data
  }

  /// A class has the first word that most of its labels begin with as its name, since the data has no
  /// names of classes: for generics that is the ingredient.
  ///
  /// No ingredient is both learnt from and asked. Without the optimiser only some classes are taken.
  @Test func `French labels find the ATC class of an ingredient that was never seen`() throws {
    let labels = try Self.labels(URL(fileURLWithPath: try #require(referenceData)))
    #expect(labels.count > 1_500)
    let share = _isDebugAssertConfiguration() ? 6 : 1
    var concepts: [Concept] = []
    var mapsTo: [(Int64, Int64)] = []
    for (number, atc) in labels.keys.sorted().enumerated() where number % share == 0 {
      let names = (labels[atc] ?? []).sorted()
      let heads = Dictionary(grouping: names.compactMap { $0.split(separator: " ").first }) { $0 }
      let head = heads.min { ($1.value.count, $0.key) < ($0.value.count, $1.key) }?.key ?? ""
      let id = Int64(concepts.count + 1)
      concepts.append(SmallVocabulary.standard(id, atc, "ATC", "Drug", String(head)))
      for name in names {
        let drug = Int64(concepts.count + 1)
        concepts.append(SmallVocabulary.source(drug, "UCD\(drug)", "UCD", name: name))
        mapsTo.append((drug, id))
      }
    }
    let index = try VocabularyIndex(concepts: concepts, mapsTo: mapsTo)
    var suggester = try Suggester(
      index, try index.textIndex(workers: 2), filter: try ConceptFilter(index))
    let evaluated = suggester.evaluate(index.knownTerms(suggester.filter), workers: 2)
    let report = try #require(evaluated)
    print("French drugs: \(report)")
    #expect(report.suggestions.at1 > report.cosine.at1 + 0.15, "\(report)")
    #expect(report.suggestions.at5 > report.cosine.at5 + 0.15, "\(report)")
    #expect(report.suggestions.at1 > report.cosineOfSources.at1 - 0.02, "\(report)")
    #expect(report.calibrationError < 0.06, "\(report)")
  }
}
