/// Fields that hold the id of a row of any table, and say beside it of which.
extension CDMTable {
  /// The field that says of which table the row is whose id a field holds.
  ///
  /// - Parameter field: a field such as `cost_event_id` or `fact_id_1`.
  /// - Returns: the concept of the table's key, the concept of its domain, or the name of its domain;
  ///   `nil` for fields that refer to one table alone.
  package func companion(of field: String) -> CDMField? {
    let names = [
      "cost_event_id": "cost_domain_id", "event_id": "episode_event_field_concept_id",
      "measurement_event_id": "meas_event_field_concept_id",
      "observation_event_id": "obs_event_field_concept_id",
      "note_event_id": "note_event_field_concept_id",
      "fact_id_1": "domain_concept_id_1", "fact_id_2": "domain_concept_id_2",
    ]
    return names[field].flatMap { self.field($0) }
  }

  /// Whether every row belongs to one person though the table has no `person_id`: the row follows
  /// the one to which it refers.
  var hasOwner: Bool { ["cost", "episode_event", "fact_relationship", "note_nlp"].contains(name) }

  /// Whether a row may name rows of other persons than its own, such as mother and child.
  package var crossesPersons: Bool { name == "fact_relationship" }

  /// The domain of the table's rows, by its name and concept in the vocabulary; `nil` where none has
  /// the table's name.
  ///
  /// Source: https://athena.ohdsi.org, vocabulary Domain.
  package var domain: (name: String, concept: Int64)? {
    switch name {
    case "visit_occurrence", "visit_detail": ("Visit", 8)
    case "procedure_occurrence": ("Procedure", 10)
    case "drug_exposure": ("Drug", 13)
    case "device_exposure": ("Device", 17)
    case "condition_occurrence": ("Condition", 19)
    case "measurement": ("Measurement", 21)
    case "observation": ("Observation", 27)
    case "specimen": ("Specimen", 36)
    case "note": ("Note", 5085)
    case "episode": ("Episode", 32527)
    case "person": ("Person", 56)
    default: nil
    }
  }

  /// The concept of the table's key among those of the CDM's own fields; 0 where none is known.
  ///
  /// Source: https://ohdsi.github.io/CommonDataModel/cdm54.html#episode_event
  package var keyConcept: Int64 {
    switch name {
    case "procedure_occurrence": 1_147_082
    case "drug_exposure": 1_147_094
    case "condition_occurrence": 1_147_127
    default: 0
    }
  }
}
