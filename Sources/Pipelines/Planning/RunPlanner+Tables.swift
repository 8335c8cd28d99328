internal import Columnar
internal import Engine
internal import Expressions
internal import Extract
internal import Privacy
internal import Transform

extension RunPlanner {
  /// The settings with which a table's files are read.
  func csvSettings(
    _ table: TableDefinition, of pipeline: PipelineDefinition, wanted: Set<Input>
  ) throws -> CSVSettings {
    let csv = table.csv
    let replacement = replacements["\(pipeline.name.value)/\(table.name.value)"]
    let stepped = table.steps.flatMap { $0.from.map(\.value) }
    func names(_ form: Input.Form) -> [String] {
      var asked = Set(wanted.filter { $0.form == form }.map(\.column))
      if form == .value { asked.formUnion(stepped) }
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
    guard replacements["\(pipeline.name.value)/\(table.name.value)"] == nil else { return csv }
    if let reader = table.reader {
      return PluginSettings(
        reader: reader.name.value, text: csv, settings: reader.stageSettings)
    }
    guard let external = table.external else { return csv }
    return ExternalSettings(
      program: ExternalProgram(
        command: external.command.map(\.value), folder: external.folder,
        timeout: external.timeout),
      csv: csv, scratch: options.scratch.isEmpty ? nil : options.scratch,
      isCancelled: options.isCancelled)
  }

  /// The extractor of a table, with the columns that its steps add.
  func extractor(
    _ table: TableDefinition, of pipeline: PipelineDefinition, wanted: Set<Input>
  ) throws -> any Extractor {
    let source = try registry.extractor(settings(table, of: pipeline, wanted: wanted))
    guard !table.steps.isEmpty else { return source }
    let steps = try table.steps.map { step in
      let settings = step.settings(in: table)
      var hashers: [String: KeyHasher] = [:]
      for column in step.columns {
        guard case .localKey(let namespace) = column.type else { continue }
        hashers[column.name.value] = KeyHasher(key: key, namespace: namespace)
      }
      return PlannedStep(
        name: step.stage.name.value,
        step: try registry.step(step.stage.name.value, settings), inputs: settings.inputs,
        outputs: step.columns.map(\.field), hashers: hashers)
    }
    return SteppedExtractor(
      source, steps: steps,
      wanted: wanted.map(\.batchName))
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
