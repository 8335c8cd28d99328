/// A project file as it is written, with the pipelines that it names.
package struct ProjectDefinition: Sendable {
  /// The path of the project file, as the person named it.
  package var file: String
  package var name: Located<String>
  /// The parameters with the values that hold in this run, in the order of the file.
  package var parameters: [Parameter]
  /// The pipelines in the order of the file; those that could not be read are absent.
  package var pipelines: [PipelineDefinition]
  /// The folder of the vocabulary.
  package var vocabulary: Located<String>?
  /// Which rows of the vocabulary go into the target.
  package var vocabularyTables = VocabularyTableChoice.none
  /// The folder of the mapping files.
  package var mappings: Located<String>?
  /// The file with the secret key.
  package var key: Located<String>?
  /// The default target, such as `sqlite:emc2.sqlite` or `csv:emc2`.
  package var target: Located<String>?
  package var cdmSource: CDMSourceDefinition?
  /// The days that may lie within a condition era; `nil` when none are asked for.
  package var conditionEraGap: Located<Int>?
  /// The days that may lie within a drug era; `nil` when none are asked for.
  package var drugEraGap: Located<Int>?
  /// The days that may lie within a dose era; `nil` when none are asked for.
  package var doseEraGap: Located<Int>?
  /// Whether persons without observation period are left out.
  package var dropsUnobserved = false

  /// A parameter and the value that holds in this run.
  package struct Parameter: Sendable {
    package var name: String
    package var value: String
    /// The folder to which a path that begins with the parameter is relative; `nil` is the working
    /// directory.
    package var folder: String?
  }
}

/// Which rows of the vocabulary's tables go into the target.
package enum VocabularyTableChoice: String, CaseIterable, Sendable {
  /// All that the vocabulary's folder holds.
  case all
  /// Those of the concepts that the data name, and of their ancestors.
  case used
  /// No row: the tables are empty.
  case none
}

/// What the CDM table cdm_source says of the warehouse.
package struct CDMSourceDefinition: Sendable {
  package var name: Located<String>
  package var abbreviation: Located<String>
  package var holder: Located<String>
  package var description: Located<String>?
  package var documentation: Located<String>?
  package var etlReference: Located<String>?
}
