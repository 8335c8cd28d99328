import Columnar
import Delimited

/// Reads one declared column out of the fields of a chunk.
struct ColumnReader: Sendable {
  let column: SourceColumn
  /// The position of the column in the records of the file; `nil` when the file lacks it.
  let field: Int?
  private let nulls: CellTokens
  private let sentinels: CellTokens
  private let hasSentinels: Bool
  private let partialDate: PartialDate?
  private let truths: CellTokens
  private let falsehoods: CellTokens

  /// A column of a chunk before keys are digested, and what was wrong in it.
  struct Cells {
    var values: Column
    var rejected: [(row: Int, reason: CellRejection.Reason)] = []
    var sentinels = 0
  }

  init(_ column: SourceColumn, field: Int?) {
    let isText = column.type == .text || column.type.isKey
    self.column = column
    self.field = field
    nulls = CellTokens(column.nulls, areTrimmed: !isText)
    sentinels = CellTokens(column.sentinels, areTrimmed: !isText)
    hasSentinels = !column.sentinels.isEmpty
    if case .partialDate(let format) = column.type {
      partialDate = PartialDate(format)
    } else {
      partialDate = nil
    }
    if case .boolean(let truths, let falsehoods) = column.type {
      self.truths = CellTokens(truths, areTrimmed: true)
      self.falsehoods = CellTokens(falsehoods, areTrimmed: true)
    } else {
      truths = CellTokens([], areTrimmed: true)
      falsehoods = CellTokens([], areTrimmed: true)
    }
  }

  /// The cells of the column; those of keys and identifiers as texts.
  func read(_ tokens: Tokens) -> Cells {
    let type = column.type.columnType
    guard let field else {
      return Cells(values: .nulls(type == .digest ? .text : type, count: tokens.count))
    }
    switch column.type {
    case .text, .identifier, .localKey: return texts(tokens, field)
    case .integer: return lanes(tokens, field, IntegerParser())
    case .decimal(let scale, let mark):
      return lanes(tokens, field, DecimalParser(scale: scale, mark: mark))
    case .date(let format): return lanes(tokens, field, DateParser(format: format))
    case .timestamp(let format): return lanes(tokens, field, TimestampParser(format: format))
    case .partialDate(let format):
      let partial = partialDate ?? PartialDate(format)
      return lanes(tokens, field, PartialDateParser(format: partial))
    case .boolean:
      return lanes(tokens, field, BooleanParser(truths: truths, falsehoods: falsehoods))
    }
  }

  private func lanes<Parser: LaneParser>(
    _ tokens: Tokens, _ field: Int, _ parser: Parser
  ) -> Cells {
    let count = tokens.count
    let stride = tokens.fieldCount
    let bytes = tokens.bytes.span
    let starts = tokens.starts.span
    let ends = tokens.ends.span
    var rejected: [(row: Int, reason: CellRejection.Reason)] = []
    var sentinelCount = 0
    var missing: [Int] = []
    let lanes = [Int64](capacity: count) { output in
      var index = field
      for row in 0..<count {
        let (start, end) = trimmed(bytes, Int(starts[index]), Int(ends[index]))
        index += stride
        var lane: Int64 = 0
        if nulls.contains(bytes, start, end) {
          missing.append(row)
        } else if hasSentinels, sentinels.contains(bytes, start, end) {
          missing.append(row)
          sentinelCount += 1
        } else if let reason = parser.parse(bytes, start, end, &lane) {
          lane = 0
          missing.append(row)
          rejected.append((row, reason))
        }
        output.append(lane)
      }
    }
    return Cells(
      values: Column(
        column.type.columnType, .lanes(lanes), validity: validity(missing, count)),
      rejected: rejected, sentinels: sentinelCount)
  }

  private func texts(_ tokens: Tokens, _ field: Int) -> Cells {
    let count = tokens.count
    let stride = tokens.fieldCount
    let bytes = tokens.bytes.span
    let starts = tokens.starts.span
    let ends = tokens.ends.span
    let mustCheck = !tokens.isValidUTF8
    var rejected: [(row: Int, reason: CellRejection.Reason)] = []
    var sentinelCount = 0
    var missing: [Int] = []
    var columnEnds = [UInt32](repeating: 0, count: count)
    var endSpan = columnEnds.mutableSpan
    let columnStarts = [UInt32](capacity: count) { output in
      var index = field
      for row in 0..<count {
        let start = starts[index]
        var end = ends[index]
        index += stride
        if nulls.contains(bytes, Int(start), Int(end)) {
          missing.append(row)
          end = start
        } else if hasSentinels, sentinels.contains(bytes, Int(start), Int(end)) {
          missing.append(row)
          sentinelCount += 1
          end = start
        } else if mustCheck, !ByteMasks.isUTF8(bytes.extracting(Int(start)..<Int(end))) {
          missing.append(row)
          rejected.append((row, .badEncoding))
          end = start
        }
        output.append(start)
        endSpan[row] = end
      }
    }
    let texts = TextArray(copying: bytes, from: columnStarts.span, to: columnEnds.span)
    return Cells(
      values: Column(.text, .text(texts), validity: validity(missing, count)),
      rejected: rejected, sentinels: sentinelCount)
  }

  private func validity(_ missing: [Int], _ count: Int) -> [Bool]? {
    guard !missing.isEmpty else { return nil }
    var validity = [Bool](repeating: true, count: count)
    for row in missing { validity[row] = false }
    return validity
  }
}
