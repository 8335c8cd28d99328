/// A table of the truth: its columns, in the order in which its rows are sorted.
///
/// Every table of the CDM is written without surrogate ids: `person` is the IPP, `visit` the number
/// of the stay, `care_site` the code of the unit, `location` the department.
enum TruthTable: String, CaseIterable {
  case person
  case death
  case visit = "visit_occurrence"
  case condition = "condition_occurrence"
  case procedure = "procedure_occurrence"
  case drug = "drug_exposure"
  case measurement
  case observation
  case observationPeriod = "observation_period"
  case careSite = "care_site"
  case location

  var columns: [String] {
    switch self {
    case .person:
      [
        "person", "gender_concept_id", "year_of_birth", "month_of_birth", "day_of_birth",
        "race_concept_id", "ethnicity_concept_id", "location", "gender_source_value",
      ]
    case .death: ["person", "death_date", "death_type_concept_id"]
    case .visit:
      [
        "person", "visit", "visit_concept_id", "visit_start_date", "visit_start_datetime",
        "visit_end_date", "visit_end_datetime", "visit_type_concept_id", "care_site",
        "admitted_from_concept_id", "admitted_from_source_value", "discharged_to_concept_id",
        "discharged_to_source_value",
      ]
    case .condition:
      [
        "person", "visit", "condition_concept_id", "condition_start_date",
        "condition_start_datetime", "condition_end_date", "condition_type_concept_id",
        "condition_status_concept_id", "condition_source_value", "condition_source_concept_id",
        "condition_status_source_value",
      ]
    case .procedure:
      [
        "person", "visit", "procedure_concept_id", "procedure_date", "procedure_datetime",
        "procedure_type_concept_id", "procedure_source_value", "procedure_source_concept_id",
      ]
    case .drug:
      [
        "person", "visit", "drug_concept_id", "drug_exposure_start_date",
        "drug_exposure_start_datetime", "drug_exposure_end_date", "drug_exposure_end_datetime",
        "drug_type_concept_id", "quantity", "route_concept_id", "drug_source_value",
        "drug_source_concept_id", "route_source_value", "dose_unit_source_value",
      ]
    case .measurement:
      [
        "person", "visit", "measurement_concept_id", "measurement_date", "measurement_datetime",
        "measurement_type_concept_id", "operator_concept_id", "value_as_number",
        "value_as_concept_id", "unit_concept_id", "range_low", "range_high",
        "measurement_source_value", "measurement_source_concept_id", "unit_source_value",
        "value_source_value",
      ]
    case .observation:
      [
        "person", "visit", "observation_concept_id", "observation_date", "observation_datetime",
        "observation_type_concept_id", "value_as_number", "value_as_concept_id",
        "unit_concept_id", "observation_source_value", "observation_source_concept_id",
        "unit_source_value", "value_source_value",
      ]
    case .observationPeriod:
      [
        "person", "observation_period_start_date", "observation_period_end_date",
        "period_type_concept_id",
      ]
    case .careSite:
      [
        "care_site", "care_site_name", "place_of_service_concept_id",
        "place_of_service_source_value",
      ]
    case .location: ["location", "country_source_value"]
    }
  }
}

/// A record that must not come out, or comes out of one rule only.
struct QuarantineEntry {
  let position: SourcePosition
  let table: String
  /// Empty when the record itself could not be read.
  let rule: String
  let reason: String
  var parent: SourcePosition?

  static let columns = ["file", "line", "table", "rule", "reason", "parent_file", "parent_line"]

  var cells: [String] {
    [
      position.file, String(position.line), table, rule, reason, parent?.file ?? "",
      parent.map { String($0.line) } ?? "",
    ]
  }
}

/// A cell that must become NULL.
struct CellRejectEntry {
  let position: SourcePosition
  let table: String
  /// Empty when the extractor rejects the cell; otherwise the rule in which its field is rejected.
  let rule: String
  /// The column of the file, or the event field of the rule.
  let column: String
  let reason: String

  static let columns = ["file", "line", "table", "rule", "column", "reason"]

  var cells: [String] {
    [position.file, String(position.line), table, rule, column, reason]
  }
}

/// Where the rows of a table went for one rule.
struct RuleBook {
  var accepted = 0
  var emittedFrom = 0
  var filtered = 0
  var unmatched = 0
  var collapsed = 0
  var quarantined = 0
  var emitted = 0

  static let columns = [
    "rule", "table", "accepted", "emitted_from", "filtered", "unmatched", "collapsed",
    "quarantined", "emitted",
  ]

  /// Whether every accepted row is in exactly one box.
  var balances: Bool {
    accepted == emittedFrom + filtered + unmatched + collapsed + quarantined
  }

  var cells: [String] {
    [accepted, emittedFrom, filtered, unmatched, collapsed, quarantined, emitted].map(String.init)
  }
}

/// A line of a truth file: fields separated by commas, quoted where they have to be (RFC 4180).
func truthLine(_ cells: [String]) -> String {
  cells.map { cell in
    guard cell.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A }) else { return cell }
    return "\""
      + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }.joined(separator: ",") + "\n"
}
