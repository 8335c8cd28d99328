package import Columnar
package import Engine
package import Privacy

/// A step of a table, ready to be done.
package struct PlannedStep: Sendable {
  package var name: String
  package var step: any Step
  package var inputs: [Field]
  /// The columns that it adds, as rules see them.
  package var outputs: [Field]
  /// How texts become keys, for the outputs that are keys of the source.
  package var hashers: [String: KeyHasher]

  package init(
    name: String, step: any Step, inputs: [Field], outputs: [Field], hashers: [String: KeyHasher]
  ) {
    self.name = name
    self.step = step
    self.inputs = inputs
    self.outputs = outputs
    self.hashers = hashers
  }

  /// What is asked of the step for an output: a key of the source is made of a text.
  package static func asked(_ field: Field) -> Field {
    field.type == .digest ? Field(field.name, .text) : field
  }
}

/// An extractor whose rows get further columns by steps of other packages.
///
/// The laws hold whatever a step does: the hash of a record is that of what its source says, a row
/// that is refused is counted and quarantined, and columns of another type or length stop the run.
package struct SteppedExtractor: Extractor {
  package let schema: Schema
  private let source: any Extractor
  private let steps: [PlannedStep]

  package var table: String { source.table }
  package var parts: [SourcePart] { source.parts }
  package var remarks: [String] { source.remarks }
  package var estimatedRows: Int? { source.estimatedRows }

  /// - Parameters:
  ///   - source: the table, with all columns that steps and rules read.
  ///   - steps: the steps, in their order.
  ///   - wanted: the columns that rules read, in their order.
  package init(_ source: any Extractor, steps: [PlannedStep], wanted: [String]) {
    self.source = source
    self.steps = steps
    var fields = source.schema.fields
    for step in steps { fields += step.outputs }
    let wanted = Set(wanted)
    schema = Schema(fields.filter { wanted.contains($0.name) })
  }

  package func open(_ part: SourcePart, file: Int) throws -> any PartReader {
    try source.open(part, file: file)
  }

  package func parse(_ chunk: any SourceChunk) throws -> SourceBatch {
    var rows = try source.parse(chunk)
    var columns = Dictionary(
      uniqueKeysWithValues: zip(rows.batch.schema.fields.map(\.name), rows.batch.columns))
    var refusals: [Int: ReasonCode] = [:]
    for step in steps {
      let input = Batch(
        Schema(step.inputs), step.inputs.compactMap { columns[$0.name] }, count: rows.batch.count)
      var refused: [RefusedRow] = []
      let made = try StageError.guarding("\(table): the step \(step.name)") {
        try step.step.columns(of: input, refused: &refused)
      }
      guard made.map(\.type) == step.outputs.map({ PlannedStep.asked($0).type }),
        made.allSatisfy({ $0.count == input.count })
      else {
        throw StageError(
          text:
            "\(table): the step \(step.name) gives columns of other types or lengths than declared")
      }
      for (field, column) in zip(step.outputs, made) {
        columns[field.name] = step.hashers[field.name].map { $0.keys(column) } ?? column
      }
      guard made.allSatisfy(\.isText) else {
        throw StageError(text: "\(table): the step \(step.name) gives texts that are not UTF-8")
      }
      // The first reason of a row counts, so that a later step adds nothing to it.
      for row in refused.sorted(by: { $0.row < $1.row })
      where refusals[row.row] == nil && row.row >= 0 && row.row < input.count {
        refusals[row.row] = row.reason
      }
    }
    rows.batch = Batch(
      schema, schema.fields.compactMap { columns[$0.name] }, count: rows.batch.count)
    return refusals.isEmpty ? rows : rows.without(refusals)
  }

  package func lineNumbers(
    of offsets: [Int64], in part: SourcePart
  ) throws -> [Int64: Int64] {
    try source.lineNumbers(of: offsets, in: part)
  }

  package func offset(ofLine line: Int, in part: SourcePart) throws -> Int64? {
    try source.offset(ofLine: line, in: part)
  }
}

extension Column {
  /// Whether all texts, if the column has any, are well-formed UTF-8.
  fileprivate var isText: Bool {
    guard case .text(let texts) = values else { return true }
    // Bytes that are well-formed as a whole are so in parts that no continuation byte begins.
    return ByteMasks.isUTF8(texts.bytes.span)
      && (0..<texts.count).allSatisfy { row in
        let range = texts.range(row)
        return range.isEmpty || texts.bytes[range.lowerBound] & 0xC0 != 0x80
      }
  }
}

extension KeyHasher {
  /// The keys of a column of texts.
  fileprivate func keys(_ texts: Column) -> Column {
    Column(
      .digest, .digests(digests(texts.texts, validity: texts.validity)),
      validity: texts.validity)
  }
}

extension SourceBatch {
  /// The rows but those refused, which are records without a row from now on.
  fileprivate func without(_ refusals: [Int: ReasonCode]) -> SourceBatch {
    let kept = (0..<batch.count).filter { refusals[$0] == nil }
    var rest = self
    rest.batch = batch.gather(kept.map { Int32($0) })
    rest.positions = kept.map { positions[$0] }
    rest.content0 = kept.map { content0[$0] }
    rest.content1 = kept.map { content1[$0] }
    let gone = Set(refusals.keys.map { positions[$0] })
    rest.rejectedCells.removeAll { gone.contains($0.position.packed) }
    rest.rejectedRecords += refusals.map {
      RejectedRecord(position: SourcePosition(packed: positions[$0.key]), reason: $0.value)
    }
    rest.rejectedRecords.sort { $0.position < $1.position }
    return rest
  }
}
