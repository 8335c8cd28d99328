import Engine
import Foundation
import TestSupport

/// A hospital whose codes have known numbers of rows and persons.
struct CodedHospital {
  /// A code of one patient, which nobody but the state may tell.
  static let rare = "ZORGLUBINE"

  let folder: URL
  var project: SmallProject

  /// - Parameters:
  ///   - folder: where the project is written.
  ///   - coverage: the pipeline's lines on coverage.
  ///   - usesMap: whether sexes and units are looked up by `map()`, and not as codes.
  ///   - unmapped: how many of forty persons have a second row with a code that nothing maps.
  /// - Throws: what the file system says.
  init(
    _ folder: URL, coverage: String = "", usesMap: Bool = false, unmapped: Int = 11
  ) throws {
    self.folder = folder
    var pipeline = CodedHospital.pipeline
    if usesMap {
      pipeline = pipeline.replacing("{ code: SEXE, map: sexes }", with: "map(SEXE, 'sexes')")
        .replacing("{ code: UNITE, map: units }", with: "map(UNITE, 'units')")
    }
    project = try SmallProject(
      folder, pipeline: pipeline + coverage,
      files: [
        "patients.csv": CodedHospital.patients,
        "results.csv": CodedHospital.results(unmapped: unmapped),
        "own.csv": CodedHospital.own, "units.csv": CodedHospital.units,
        "sexes.csv": CodedHospital.sexes,
      ], settings: "mappings: .\n")
  }

  var target: String { folder.appendingPathComponent("cdm").path }
  var state: StateFolder { StateFolder(target: target) }

  /// What the last run found of codes.
  func counts() throws -> CodeCounts { try CodeCounts.read(state.runs.last?.codes ?? "") }

  private static let pipeline = """
    language: 1
    pipeline: p
    source: { name: P, abbreviation: P, zone: Europe/Paris, delivered: 2026-01-05 }
    extract:
      patients:
        csv: { files: patients.csv, delimiter: ";" }
        columns: { IPP: identifier, SEXE: text, RANG: integer }
      results:
        csv: { files: results.csv, delimiter: ";" }
        key: [NUM]
        columns:
          NUM: local_key
          IPP: identifier
          CODE: text
          VALEUR: { decimal: { scale: 2, mark: "," } }
          UNITE: text
    transform:
      - id: patient
        into: person
        from: patients
        person: IPP
        key: IPP
        prefer: RANG
        fields:
          year_of_birth: 1950
          gender_concept_id: { code: SEXE, map: sexes }
      - id: result
        into: event
        from: results
        person: IPP
        concept: { code: CODE, map: own, default_domain: Measurement }
        fields:
          start_date: date '2024-02-01'
          type_concept_id: 32856
          value_as_number: VALEUR
          unit_source_value: UNITE
          unit_concept_id: { code: UNITE, map: units }

    """

  /// Forty persons; the first has two rows, of which the code that no file knows is preferred.
  private static let patients: String =
    "IPP;SEXE;RANG\np0;?;1\n"
    + (0..<40).map { "p\($0);\($0 % 2 == 0 ? "F" : "M");2\n" }.joined()

  private static func results(unmapped: Int) -> String {
    var lines: [String] = []
    func add(_ person: Int, _ code: String, _ value: String = "", _ unit: String = "") {
      lines.append("n\(lines.count);p\(person);\(code);\(value);\(unit)")
    }
    for person in 0..<40 {
      for time in 0..<3 { add(person, "GLU", "\(person + time),50", "g/L") }
      add(person, "TWO")
      if person < 15 { add(person, "REVIEWED") }
      if person < 12 { add(person, "") }
      if person < unmapped {
        for value in [person, 0 - person] { add(person, "ELEVEN", "\(value)", "u") }
      }
      if person < 10 { for _ in 0..<5 { add(person, "TEN", "1", "mg") } }
    }
    for _ in 0..<30 { add(7, rare, "13", "unit of one") }
    // Nobody knows this person, so that none of the rows is written.
    for _ in 0..<50 { add(999, "GLU", "1", "g/L") }
    return "NUM;IPP;CODE;VALEUR;UNITE\n" + lines.map { $0 + "\n" }.joined()
  }

  private static let own = """
    source_code,source_code_description,target_concept_id
    GLU,Glucose,3004501
    TWO,Two things,3004502
    TWO,Two things,3004503
    REVIEWED,Nothing like it,0

    """

  private static let units = "source_code,target_concept_id\ng/L,8636\n"
  private static let sexes = "source_code,target_concept_id\nF,8532\nM,8507\n"
}
