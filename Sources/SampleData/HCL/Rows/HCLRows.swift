/// A demographic row; a person has one for each update.
struct PatientRow: ExportRow {
  static let columns = [
    "IPP", "NIR", "NOM", "PRENOM", "NAISSANCE", "SEXE", "DECES", "CODE_POSTAL", "DATE_MAJ",
  ]
  var ipp: String
  var nir: String
  var name: String
  var firstName: String
  var birth: Day?
  var sex: Sex
  var death: PartialDay?
  var postcode: String
  var updated: Moment
  var state = RowState()

  var cells: [String] {
    [
      ipp, nir, name, firstName, birth?.french ?? "", sex.rawValue, death?.french ?? "", postcode,
      updated.french,
    ]
  }
}

/// A stay; written to the file of the year of its entry.
struct StayRow: ExportRow {
  static let columns = [
    "NUM_SEJOUR", "IPP", "DATE_ENTREE", "DATE_SORTIE", "TYPE_SEJOUR", "MODE_ENTREE", "PROVENANCE",
    "MODE_SORTIE", "DESTINATION", "CODE_UF",
  ]
  var number: String
  var ipp: String
  var year: Int
  var entry: Moment?
  var exit: Moment?
  var kind: StayKind?
  var entryMode: String
  var origin: String
  var exitMode: String
  var destination: String
  var unit: String
  var state = RowState()

  var cells: [String] {
    [
      number, ipp, entry?.french ?? "", exit?.french ?? "", kind?.rawValue ?? "", entryMode, origin,
      exitMode, destination, unit,
    ]
  }
}

/// The kind of a stay.
enum StayKind: String {
  case full = "HC"
  case day = "HDJ"
  case clinic = "CS"
  case session = "SE"
  case emergency = "URG"
  case emergencyThenFull = "URGHC"

  var concept: Int {
    switch self {
    case .full: 9201
    case .day, .clinic, .session: 9202
    case .emergency: 9203
    case .emergencyThenFull: 262
    }
  }
}

/// A diagnosis of a stay.
struct DiagnosisRow: ExportRow {
  static let columns = ["NUM_SEJOUR", "RANG", "TYPE", "CODE", "LIBELLE", "DATE_SAISIE"]
  var stay: String
  var rank: Int?
  var type: String
  /// `nil` when the cell is empty.
  var code: DiagnosisCode?
  var entered: Day
  var state = RowState()

  /// The export quotes a label that has a comma.
  var cells: [String] {
    let label = code?.label ?? ""
    return [
      stay, rank.map(String.init) ?? "", type, code?.code ?? "",
      label.contains(",") ? "\"\(label)\"" : label, entered.french,
    ]
  }
}

/// An act of a stay.
struct ActRow: ExportRow {
  static let columns = ["NUM_SEJOUR", "CODE", "DATE_ACTE", "PHASE", "ACTIVITE"]
  var stay: String
  var code: ActCode
  var time: Moment?
  var phase: String
  var activity: String
  var state = RowState()

  var cells: [String] { [stay, code.code, time?.french ?? "", phase, activity] }
}

/// A result of the laboratory or an observation at the bedside.
struct ResultRow: ExportRow {
  static let columns = [
    "NUM_ANALYSE", "IPP", "NUM_SEJOUR", "ANALYSE", "DATE_PRELEVEMENT", "TYPE_RESULTAT", "VALEUR",
    "UNITE", "BORNE_INF", "BORNE_SUP",
  ]
  var number: String
  var ipp: String
  var stay: String
  var code: ResultCode
  var time: Moment
  var type: String
  var value: String
  var decimal: SampleDecimal?
  var unit: String
  var low: SampleDecimal?
  var high: SampleDecimal?
  var state = RowState()

  var cells: [String] {
    [
      number, ipp, stay, code.code, time.french, type, quoted(value), unit, low?.french ?? "",
      high?.french ?? "",
    ]
  }
}

/// An administration of a drug.
struct AdministrationRow: ExportRow {
  static let columns = [
    "NUM_ADMIN", "IPP", "NUM_SEJOUR", "CODE", "DOSE", "UNITE", "VOIE", "DEBUT", "FIN",
  ]
  var number: String
  var ipp: String
  var stay: String
  var code: DrugCode
  var dose: SampleDecimal?
  var start: Moment?
  var end: Moment?
  var state = RowState()

  var cells: [String] {
    [
      number, ipp, stay, code.code, dose?.french ?? "", code.unit, code.route, start?.french ?? "",
      end?.french ?? "",
    ]
  }
}

/// A row of the file of units.
struct UnitRow: ExportRow {
  static let columns = ["CODE_UF", "LIBELLE", "SPECIALITE", "TYPE_UF"]
  var unit: HospitalUnit
  var state = RowState()

  var cells: [String] { [unit.code, unit.name, unit.specialty, unit.kind.rawValue] }
}
