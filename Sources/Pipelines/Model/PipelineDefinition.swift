package import Vocabulary

/// A pipeline file as it is written.
package struct PipelineDefinition: Sendable {
  /// The path of the file.
  package var file: String
  package var name: Located<String>
  package var source: SourceDefinition
  /// The extract tables in the order of the file.
  package var tables: [TableDefinition]
  /// The rules in the order of the file.
  package var rules: [RuleDefinition]
  /// The states of a review whose rows of a mapping file are used.
  package var mappingStates = MappingStatus.usual
  package var visits: VisitsDefinition?
  package var observationPeriod: PeriodDefinition?
  package var coverage: [CoverageDefinition]
  package var tests: [TestDefinition]

  /// An extract table by its name.
  package func table(_ name: String) -> TableDefinition? {
    tables.first { $0.name.value == name }
  }

  /// A rule by its id.
  package func rule(_ id: String) -> RuleDefinition? { rules.first { $0.id.value == id } }
}

/// How much of a domain must be mapped, as it is written.
package struct CoverageDefinition: Sendable {
  package var domain: Located<String>
  /// In hundredths of a percent.
  package var least: Int?
  /// In hundredths of a point.
  package var drop: Int?
}

/// Whom the data of a pipeline come from.
package struct SourceDefinition: Sendable {
  package var name: Located<String>
  package var abbreviation: Located<String>
  /// The time zone of the source's clocks, by its IANA name.
  package var zone: Located<String>?
  /// The day of the delivery, in days since 1970-01-01.
  package var delivered: Located<Int64>?
}
