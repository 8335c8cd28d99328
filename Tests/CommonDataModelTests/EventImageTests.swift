import CommonDataModel
import Testing

@Suite struct `An event` {
  @Test(arguments: [
    ("Condition", "condition_occurrence"), ("Drug", "drug_exposure"),
    ("Procedure", "procedure_occurrence"), ("Measurement", "measurement"),
    ("Observation", "observation"), ("Device", "device_exposure"), ("Specimen", "specimen"),
    ("Visit", "visit_occurrence"), ("Episode", "episode"),
    ("Meas Value", "observation"), ("Unit", "observation"), ("drug", "observation"),
    ("", "observation"),
  ])
  func `goes to the table of its domain, else to observation`(domain: String, table: String) {
    #expect(EventImage.table(forDomain: domain).table.name == table)
  }

  @Test func `knows which domains have a table`() {
    #expect(EventTable(domain: "Device") == .device)
    #expect(EventTable(domain: "Meas Value") == nil)
    for table in EventTable.allCases { #expect(table.rawValue == table.table.name) }
  }

  @Test(arguments: EventTable.allCases)
  func `can fill every field of a table exactly once`(table: EventTable) {
    let images = EventImage.fields.compactMap { $0.image(in: table) }.sorted()
    let fillable = table.table.fields.filter { !$0.isPrimaryKey && $0.name != "person_id" }
    #expect(images == fillable.map(\.name).sorted())
  }

  @Test(arguments: [
    ("start_datetime", EventTable.procedure, "procedure_datetime" as String?),
    ("end_date", .measurement, nil), ("concept_id", .visit, "visit_concept_id"),
    ("event_field_concept_id", .measurement, "meas_event_field_concept_id"),
    ("value_as_number", .condition, nil), ("source_concept_id", .specimen, nil),
    ("unit_source_value", .drug, nil), ("visit_occurrence_id", .visit, nil),
  ])
  func `has its fields mapped to each table`(
    field: String, table: EventTable, image: String?
  ) throws {
    #expect(try #require(EventImage.field(field)).image(in: table) == image)
  }

  @Test func `has no field of an unknown name`() {
    #expect(EventImage.field("condition_start_date") == nil)
    #expect(Set(EventImage.fields.map(\.name)).count == EventImage.fields.count)
  }

  @Test func `needs what its table requires`() {
    #expect(
      EventImage.requiredFields(of: .drug).map(\.name)
        == ["concept_id", "type_concept_id", "start_date", "end_date"])
    #expect(
      EventImage.requiredFields(of: .episode).map(\.name)
        == ["concept_id", "type_concept_id", "start_date", "episode_object_concept_id"])
  }

  @Test func `lists the tables that can hold a field`() throws {
    #expect(try #require(EventImage.field("stop_reason")).tables == [.condition, .drug])
    #expect(try #require(EventImage.field("start_date")).tables == EventTable.allCases)
  }
}
