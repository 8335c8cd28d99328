import CLibCSV
import Delimited

/// libcsv by itself, reading bytes from the first to the last: what the structural reading is held
/// to.
///
/// A carriage return ends a line only before a line feed or at the end of the file, as the law of
/// records has it; libcsv is told so byte by byte.
@safe
final class SequentialLibCSV {
  struct Row: Equatable {
    /// The byte at which the row begins.
    var start: Int
    var fields: [[UInt8]]
  }

  private(set) var rows: [Row] = []
  private var parser = unsafe csv_parser()
  private var fields: [[UInt8]] = []
  private var start = 0
  private var position = 0

  private init(delimiter: UInt8, quote: UInt8) {
    unsafe csv_init(&parser, 0)
    unsafe csv_set_delim(&parser, delimiter)
    unsafe csv_set_quote(&parser, quote)
    unsafe csv_set_space_func(&parser) { _ in 0 }
  }

  deinit { unsafe csv_free(&parser) }

  /// Whether a row has begun and not ended.
  private var isInRow = false

  /// The rows of a text.
  static func rows(_ bytes: [UInt8], delimiter: UInt8, quote: UInt8) -> [Row] {
    let reader = SequentialLibCSV(delimiter: delimiter, quote: quote)
    for index in bytes.indices {
      let endsLine =
        bytes[index] == 13 && (index + 1 == bytes.count || bytes[index + 1] == 10)
      reader.feed(bytes[index], at: index, endsLine: endsLine)
    }
    let context = unsafe Unmanaged.passUnretained(reader).toOpaque()
    unsafe csv_fini(&reader.parser, takeField, takeRow, context)
    return reader.rows
  }

  private func feed(_ byte: UInt8, at index: Int, endsLine: Bool) {
    if endsLine {
      unsafe csv_set_term_func(&parser) { $0 == 10 || $0 == 13 ? 1 : 0 }
    } else {
      unsafe csv_set_term_func(&parser) { $0 == 10 ? 1 : 0 }
    }
    if !isInRow {
      start = index
      isInRow = byte != 10 && !endsLine
    }
    var byte = byte
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    let parsed = unsafe csv_parse(&parser, &byte, 1, takeField, takeRow, context)
    precondition(parsed == 1, "libcsv is out of memory")
  }

  fileprivate func take(_ field: [UInt8]) { fields.append(field) }

  fileprivate func endRow() {
    rows.append(Row(start: start, fields: fields))
    fields = []
    isInRow = false
  }
}

private let takeField:
  @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
    field, count, context in
    guard let context = unsafe context else { return }
    let reader = unsafe Unmanaged<SequentialLibCSV>.fromOpaque(context).takeUnretainedValue()
    reader.take(unsafe Array(UnsafeRawBufferPointer(start: field, count: count)))
  }

private let takeRow: @convention(c) (CInt, UnsafeMutableRawPointer?) -> Void = { _, context in
  guard let context = unsafe context else { return }
  unsafe Unmanaged<SequentialLibCSV>.fromOpaque(context).takeUnretainedValue().endRow()
}
