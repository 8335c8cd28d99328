internal import Columnar
internal import CommonDataModel
internal import Engine

/// The rows that describe a run in the CDM itself.
///
/// `cdm_source` says whence it is, `metadata` what each rule left out and why, and how many persons:
/// counts only, so that two runs over the same input write the same bytes.
///
/// Source: https://ohdsi.github.io/CommonDataModel/cdm54.html#cdm_source
struct ClosingRows: Sendable {
  private let source: CDMSourceDefinition?
  private let projectName: String
  private let delivered: Int64
  private let vocabularyVersion: String?
  private let asOf: Int64

  /// The concept of OMOP CDM v5.4.0.
  private static let versionConcept: Int64 = 756_265

  init(_ project: CheckedProject, vocabularyVersion: String?, asOf: Int64) {
    source = project.definition.cdmSource
    projectName = project.definition.name.value
    delivered =
      project.pipelines.compactMap { $0.definition.source.delivered?.value }.max() ?? asOf
    self.vocabularyVersion = vocabularyVersion
    self.asOf = asOf
  }

  func rows(_ books: Books) -> [FinishedRows] {
    let metadata = metadata(books)
    return [description] + (metadata.batch.count > 0 ? [metadata] : [])
  }

  private var description: FinishedRows {
    var row = RowBuilder(.cdmSource)
    row.set("cdm_source_name", source?.name.value ?? projectName)
    row.set("cdm_source_abbreviation", source?.abbreviation.value ?? projectName)
    row.set("cdm_holder", source?.holder.value ?? projectName)
    row.set("source_description", source?.description?.value)
    row.set("source_documentation_reference", source?.documentation?.value)
    row.set("cdm_etl_reference", source?.etlReference?.value)
    row.set("source_release_date", delivered, .date)
    row.set("cdm_release_date", asOf, .date)
    row.set("cdm_version", "5.4")
    row.set("cdm_version_concept_id", ClosingRows.versionConcept)
    row.set("vocabulary_version", vocabularyVersion ?? "none")
    row.end()
    return row.finish()
  }

  private func metadata(_ books: Books) -> FinishedRows {
    var row = RowBuilder(.metadata)
    var id: Int64 = 0
    func add(_ name: String, _ count: Int) {
      id += 1
      row.set("metadata_id", id)
      row.set("metadata_concept_id", 0)
      row.set("metadata_type_concept_id", 0)
      row.set("name", name)
      row.set("value_as_number", count)
      row.set("metadata_date", asOf, .date)
      row.end()
    }
    for (rule, account) in books.rules.sorted(by: { $0.key < $1.key }) {
      for (reason, count) in account.reasons.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        add("rows left out: \(rule): \(reason)", count)
      }
    }
    let left = books.persons.reasons.sorted { $0.key.rawValue < $1.key.rawValue }
    for (reason, count) in left { add("persons left out: \(reason)", count) }
    if books.persons.unobserved > 0 {
      add("persons without observation period", books.persons.unobserved)
    }
    return row.finish()
  }
}
