import Columnar
import CommonDataModel
import Testing

@Suite struct `The common data model` {
  @Test func `has the tables and fields of version 5.4`() {
    #expect(CommonDataModel.tables.count == 39)
    #expect(CommonDataModel.tables.reduce(0) { $0 + $1.fields.count } == 432)
    #expect(Set(CommonDataModel.tables.map(\.name)).count == 39)
    let fields = CommonDataModel.tables.flatMap(\.fields)
    #expect(fields.count { $0.isRequired } == 180)
    #expect(fields.count { $0.isPrimaryKey } == 28)
    #expect(fields.count { $0.reference != nil } == 176)
    #expect(fields.count { $0.domain != nil } == 40)
  }

  @Test(arguments: [
    (CDMTable.Group.clinical, 15), (.healthSystem, 3), (.economics, 2), (.derived, 5),
    (.metadata, 2), (.vocabulary, 10), (.results, 2),
  ])
  func `knows the group of every table`(group: CDMTable.Group, count: Int) {
    #expect(CommonDataModel.tables.count { $0.group == group } == count)
  }

  @Test func `finds tables and fields by exact name only`() throws {
    let table = try #require(CommonDataModel.table("condition_occurrence"))
    #expect(table.group == .clinical)
    #expect(table.field("condition_status_source_value")?.maximumLength == 50)
    #expect(table.index("person_id") == 1)
    #expect(table.field("Person_id") == nil)
    #expect(CommonDataModel.table("conditions") == nil)
  }

  @Test func `refers only to primary keys that exist and have the same type`() throws {
    for table in CommonDataModel.tables {
      for field in table.fields {
        guard let reference = field.reference else { continue }
        let target = try #require(CommonDataModel.table(reference.table))
        let key = try #require(target.field(reference.field))
        #expect(key.isPrimaryKey, "\(table.name).\(field.name)")
        #expect(key.datatype == field.datatype, "\(table.name).\(field.name)")
      }
    }
  }

  @Test func `makes ids bigint and concepts integer`() throws {
    for table in CommonDataModel.tables where table.group != .vocabulary {
      if let key = table.primaryKey { #expect(key.datatype == .bigint, "\(table.name)") }
      for field in table.fields {
        if field.isConcept { #expect(field.datatype == .integer, "\(table.name).\(field.name)") }
        let isId = field.name.hasSuffix("_id") && !field.isConcept
        if isId, case .integer = field.datatype {
          // Cohort definitions are numbered by the tools that define them.
          #expect(field.name == "cohort_definition_id", "\(table.name).\(field.name)")
        }
      }
    }
    #expect(CDMTable.factRelationship.field("fact_id_2")?.datatype == .bigint)
  }

  @Test func `calls bound to a person what has a person id, or follows a row that has one`() {
    for table in [
      CDMTable.measurement, .death, .cost, .noteNlp, .episodeEvent, .factRelationship,
    ] {
      #expect(table.isPersonBound, "\(table.name)")
    }
    for table in [CDMTable.careSite, .provider, .location, .concept] {
      #expect(!table.isPersonBound, "\(table.name)")
    }
  }

  @Test func `says beside the id of any row of which table it is`() {
    #expect(CDMTable.cost.companion(of: "cost_event_id")?.name == "cost_domain_id")
    #expect(CDMTable.cost.companion(of: "payer_plan_period_id") == nil)
    for table in CommonDataModel.tables {
      for field in table.fields
      where field.name.hasSuffix("event_id") || field.name.hasPrefix("fact_id") {
        #expect(table.companion(of: field.name) != nil, "\(table.name).\(field.name)")
      }
    }
  }

  @Test func `pairs a datetime with its date`() {
    #expect(
      CDMTable.visitOccurrence.dateOf.map { [$0.datetime.name, $0.date.name] } == [
        ["visit_start_datetime", "visit_start_date"], ["visit_end_datetime", "visit_end_date"],
      ])
    #expect(CDMTable.person.dateOf.isEmpty)
    let datetimes = CommonDataModel.tables.flatMap(\.fields).filter { $0.datatype == .datetime }
    let paired = CommonDataModel.tables.flatMap(\.dateOf)
    #expect(datetimes.count == paired.count + 1)
    #expect(paired.allSatisfy { $0.date.datatype == .date })
  }

  @Test(arguments: [
    (CDMDatatype.integer, ColumnType.integer), (.bigint, .integer), (.numeric, .double),
    (.numeric, .decimal(scale: 6)), (.numeric, .decimal(scale: 0)), (.numeric, .integer),
    (.varchar(50), .text), (.text, .text), (.date, .date), (.datetime, .timestamp),
  ])
  func `accepts the column types that can carry a datatype`(
    datatype: CDMDatatype, type: ColumnType
  ) {
    #expect(datatype.accepts(type))
    #expect(datatype.accepts(datatype.columnType))
  }

  @Test(arguments: [
    (CDMDatatype.integer, ColumnType.double), (.bigint, .digest), (.numeric, .text),
    (.varchar(50), .integer), (.date, .timestamp), (.datetime, .date), (.integer, .boolean),
  ])
  func `refuses the column types that cannot`(datatype: CDMDatatype, type: ColumnType) {
    #expect(!datatype.accepts(type))
  }
}
