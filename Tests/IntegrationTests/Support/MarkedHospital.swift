import Foundation

/// A hospital with one patient whose identity must be nowhere, fed through everything that can go
/// wrong with a row.
struct MarkedHospital {
  static let nir = "131039988877766"
  static let name = "ZORGLUBOVITCH"
  static let birth = "17/03/1931"
  static let ipp = "0077665544"

  static let search = LeakSearch([
    "NIR": nir, "NIR without its key": String(nir.prefix(13)), "name": name, "birth": birth,
    "birth in ISO 8601": "1931-03-17", "birth in one word": "19310317", "IPP": ipp,
    "IPP as a number": "77665544",
  ])

  let folder: URL
  var project: URL { folder.appendingPathComponent("project/leaks.yaml") }
  var patients: URL { folder.appendingPathComponent("data/patients.csv") }
  /// Where everything that Écluse writes lies.
  var out: URL { folder.appendingPathComponent("out", isDirectory: true) }
  var target: URL { out.appendingPathComponent("cdm.sqlite") }

  init(_ folder: URL) throws {
    self.folder = folder
    for name in ["project", "data", "out"] {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    try write(MarkedHospital.projectFile, to: project)
    try write(MarkedHospital.pipeline(), to: pipeline)
    try write((MarkedHospital.header + MarkedHospital.records).joined(), to: patients)
  }

  var pipeline: URL { folder.appendingPathComponent("project/marked.yaml") }

  func write(_ text: String, to url: URL) throws { try Data(text.utf8).write(to: url) }

  /// The arguments of a run.
  var run: [String] {
    ["run", project.path, "--target", "sqlite:\(target.path)", "--as-of", Project.asOfText]
  }

  private static let projectFile = """
    language: 1
    project: leaks
    parameters: { data: ../data }
    pipelines: [marked.yaml]
    vocabulary: \(Project.vocabulary.path)
    key: \(Project.key.path)
    target: sqlite:unused.sqlite
    cdm_source: { name: leaks, abbreviation: leaks, holder: nobody, description: none, documentation: none, etl_reference: none }

    """

  /// The pipeline; `field` is the value of one more field of a rule.
  static func pipeline(field: String = "REMARQUE") -> String {
    """
    language: 1
    pipeline: marked
    source: { name: Marked, abbreviation: MRK, zone: Europe/Paris, delivered: 2026-01-05 }
    extract:
      patients:
        csv: { files: "${data}/patients.csv", delimiter: ";", max_record_bytes: 4096 }
        delivery: full
        key: [IPP]
        columns:
          IPP: identifier
          NIR: identifier
          NOM: identifier
          NAISSANCE: { date: dd/MM/yyyy }
          POIDS: integer
          TAILLE: { decimal: { scale: 2, mark: "," } }
          VU: { timestamp: dd/MM/yyyy HH:mm }
          DECES: { partial_date: dd/MM/yyyy }
          ACTIF: { boolean: { true: [O], false: [N] } }
          REMARQUE: text
    transform:
      - id: patient
        into: person
        from: patients
        person: IPP
        key: IPP
        fields:
          gender_concept_id: case when nir_sex(NIR) = '1' then 8507 else 8532 end
          year_of_birth: coalesce(extract(year from NAISSANCE), birth_year(NIR))
          month_of_birth: extract(month from NAISSANCE)
          person_source_value: pseudonym(IPP)
          gender_source_value: nir_sex(NIR)
      - id: death
        into: death
        from: patients
        where: DECES is not null
        person: IPP
        key: IPP
        fields:
          death_date: last_day(DECES)
          death_type_concept_id: 32817
      - id: remark
        into: observation
        from: patients
        person: IPP
        key: IPP
        fields:
          observation_concept_id: 0
          observation_date: cast(VU as date)
          observation_type_concept_id: 32817
          value_as_string: \(field)
          value_as_number: case when ACTIF then cast(REMARQUE as decimal(18, 3)) else TAILLE * POIDS end
          observation_source_value: pseudonym(NOM)

    """
  }

  private static let header = ["IPP;NIR;NOM;NAISSANCE;POIDS;TAILLE;VU;DECES;ACTIF;REMARQUE\n"]

  /// Every record tells the identity, and each is wrong in another way.
  private static let records = [
    // Right, the same person twice with differing rows.
    "\(ipp);\(nir);\(name);\(birth);70;1,70;01/01/2024 10:00;;N;calm\n",
    "\(ipp);\(nir);\(name);\(birth);71;1,71;02/01/2024 10:00;;N;tired\n",
    // Cells of each type that cannot be read.
    "2\(ipp);\(nir);\(name);\(name);\(nir)X;\(name);\(birth);\(name);\(name);\(wordy)\n",
    "3\(ipp);\(nir);\(name);\(birth) \(nir);\(nir)\(nir);\(nir)\(nir);\(ipp);00/17/\(nir);\(nir);\(wordy)\n",
    // A text that is not a number where the rule wants one, and one that is too long.
    "4\(ipp);\(nir);\(name);\(birth);70;1,70;01/01/2024 10:00;;O;\(wordy)\n",
    // Too few fields, too many, a quote that is not closed, one that stands in the middle.
    "\(ipp);\(nir);\(name)\n",
    "5\(ipp);\(nir);\(name);\(birth);70;1,70;01/01/2024 10:00;;N;x;\(name);\(nir)\n",
    "6\(ipp);\(nir);\"\(name);\(birth);70;1,70;01/01/2024 10:00;;N;x\n",
    "7\(ipp);\(nir);\(name);\(birth);70;1,70;01/01/2024 10:00;;N;a 5\" \(wordy)\n",
    // No person, and a record that is too long.
    ";\(nir);\(name);\(birth);70;1,70;01/01/2024 10:00;;N;x\n",
    "8\(ipp);\(nir);\(name);\(birth);70;1,70;01/01/2024 10:00;;N;"
      + String(repeating: "\(name) \(nir) ", count: 300) + "\n",
    // An identifier of any length.
    String(repeating: ipp, count: 100) + ";\(nir);\(name);;70;1,70;01/01/2024 10:00;;N;x\n",
  ]

  /// Longer than the field can hold, so that it must not come out.
  private static let wordy =
    "\(name), born on \(birth), NIR \(nir), IPP \(ipp): asks for a call back"
}
