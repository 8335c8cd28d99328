import CommonDataModel
import Testing

@Suite struct `The statements that make the tables` {
  @Test func `create a table in SQLite with its rowid as primary key`() {
    #expect(
      CDMTable.specimen.createStatement(.sqlite).hasPrefix(
        """
        create table specimen (
          specimen_id integer not null primary key,
          person_id bigint not null,
          specimen_concept_id integer not null,
          specimen_type_concept_id integer not null,
          specimen_date date not null,
          specimen_datetime datetime,
          quantity real,
        """))
    #expect(CDMTable.specimen.primaryKeyStatement(.sqlite) == nil)
    #expect(CDMTable.specimen.foreignKeyStatements(.sqlite).isEmpty)
  }

  @Test func `create a table in PostgreSQL and key it after the load`() {
    #expect(
      CDMTable.drugEra.createStatement(.postgreSQL, schema: "cdm") == """
        create table cdm.drug_era (
          drug_era_id bigint not null,
          person_id bigint not null,
          drug_concept_id integer not null,
          drug_era_start_date date not null,
          drug_era_end_date date not null,
          drug_exposure_count integer,
          gap_days integer
        )
        """)
    #expect(
      CDMTable.drugEra.primaryKeyStatement(.postgreSQL, schema: "cdm")
        == "alter table cdm.drug_era add constraint xpk_drug_era primary key (drug_era_id)")
    #expect(
      CDMTable.drugEra.foreignKeyStatements(.postgreSQL, schema: "cdm") == [
        "alter table cdm.drug_era add constraint fpk_drug_era_person_id "
          + "foreign key (person_id) references cdm.person (person_id)",
        "alter table cdm.drug_era add constraint fpk_drug_era_drug_concept_id "
          + "foreign key (drug_concept_id) references cdm.concept (concept_id)",
      ])
  }

  @Test func `index person, concept and visit`() {
    #expect(
      CDMTable.measurement.indexStatements(.sqlite) == [
        "create index idx_measurement_person_id on measurement (person_id)",
        "create index idx_measurement_measurement_concept_id on measurement "
          + "(measurement_concept_id)",
        "create index idx_measurement_visit_occurrence_id on measurement (visit_occurrence_id)",
      ])
  }

  @Test(arguments: SQLDialect.allCases)
  func `quote what is no plain name`(dialect: SQLDialect) {
    #expect(CDMTable.noteNlp.createStatement(dialect).contains("\n  \"offset\" varchar(50),"))
    #expect(dialect.quoted("cdm_2024") == "cdm_2024")
    #expect(dialect.quoted("2024") == "\"2024\"")
    #expect(dialect.quoted("a \"b\"") == "\"a \"\"b\"\"\"")
    #expect(dialect.quoted("") == "\"\"")
  }

  @Test func `stay within the 63 bytes that PostgreSQL gives a name`() {
    for table in CommonDataModel.tables {
      for index in table.indexes { #expect("idx_\(table.name)_\(index)".utf8.count <= 63) }
      for field in table.fields where field.reference != nil {
        #expect("fpk_\(table.name)_\(field.name)".utf8.count <= 63)
      }
    }
  }
}
