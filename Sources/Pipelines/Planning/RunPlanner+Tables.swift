internal import Engine
internal import Expressions
internal import Extract

extension RunPlanner {
  /// The settings with which a table's files are read.
  func csvSettings(
    _ table: TableDefinition, of pipeline: PipelineDefinition, wanted: Set<Input>
  ) throws -> CSVSettings {
    let csv = table.csv
    let replacement = replacements["\(pipeline.name.value)/\(table.name.value)"]
    func names(_ form: Input.Form) -> [String] {
      let asked = Set(wanted.filter { $0.form == form }.map(\.column))
      return table.columns.map(\.name.value).filter { asked.contains($0) }
    }
    return CSVSettings(
      table: "\(pipeline.name.value)/\(table.name.value)",
      files: replacement.map { [$0] } ?? csv.files.map(\.value), delimiter: csv.delimiter,
      quote: replacement == nil ? csv.quote : GivenFiles.quote(csv),
      encoding: replacement == nil ? csv.encoding : .utf8,
      hasHeader: csv.hasHeader, maximumRecordBytes: csv.maximumRecordBytes,
      columns: try table.columns.compactMap { try sourceColumn($0, nulls: csv.nulls) },
      wanted: names(.value), raw: names(.raw), key: key, blockBytes: options.blockBytes)
  }

  /// The settings with which a table is read.
  func settings(
    _ table: TableDefinition, of pipeline: PipelineDefinition, wanted: Set<Input>
  ) throws -> any ExtractorSettings {
    let csv = try csvSettings(table, of: pipeline, wanted: wanted)
    guard let external = table.external,
      replacements["\(pipeline.name.value)/\(table.name.value)"] == nil
    else { return csv }
    return ExternalSettings(
      program: ExternalProgram(
        command: external.command.map(\.value), folder: external.folder,
        timeout: external.timeout),
      csv: csv, scratch: options.scratch.isEmpty ? nil : options.scratch,
      isCancelled: options.isCancelled)
  }

  private func sourceColumn(_ column: ColumnDefinition, nulls: [String]) throws -> SourceColumn? {
    guard let kind = column.type else { return nil }
    let type: SourceColumnType =
      switch kind {
      case .text: .text
      case .identifier(let namespace): .identifier(namespace: namespace)
      case .localKey(let namespace): .localKey(namespace: namespace)
      case .integer: .integer
      case .decimal(let scale, let mark): .decimal(scale: scale, mark: mark)
      case .date(let pattern): .date(try DateFormat(pattern.text))
      case .timestamp(let pattern): .timestamp(try DateFormat(pattern.text))
      case .partialDate(let pattern): .partialDate(try DateFormat(pattern.text))
      case .boolean(let yes, let no): .boolean(true: yes, false: no)
      }
    return SourceColumn(
      column.name.value, type, header: column.header, nulls: column.nulls ?? nulls,
      sentinels: column.sentinels, rejectsRecord: column.rejectsRecord,
      isOptional: column.isOptional)
  }
}
