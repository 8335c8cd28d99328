/// Cuts a mapping file into records of cells (RFC 4180).
struct MappingScanner {
  struct Fault {
    var code: String
    var message: String
    var line: Int
    var lineStart: Int
    var start: Int
  }

  struct Record {
    var cells: [MappingTable.Cell] = []
    var fault: Fault?
  }

  private let bytes: [UInt8]
  let delimiter: UInt8
  private var position: Int
  private var line = 1
  private var lineStart: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    lineStart = position
    // The header line decides: whichever of the two it has more of.
    let head = bytes[position...].prefix { $0 != 10 }
    let semicolons = head.count { $0 == UInt8(ascii: ";") }
    let commas = head.count { $0 == UInt8(ascii: ",") }
    delimiter = semicolons > commas ? UInt8(ascii: ";") : UInt8(ascii: ",")
  }

  /// The next record that is not an empty line; `nil` at the end.
  mutating func next() -> Record? {
    while position < bytes.count, bytes[position] == 10 || bytes[position] == 13 {
      if bytes[position] == 10 { newLine(after: position) }
      position += 1
    }
    guard position < bytes.count else { return nil }
    var record = Record()
    repeat {
      let cell = readCell(&record)
      record.cells.append(cell)
    } while record.fault == nil && advancePastDelimiter()
    endRecord()
    return record
  }

  private mutating func newLine(after position: Int) {
    line += 1
    lineStart = position + 1
  }

  private mutating func advancePastDelimiter() -> Bool {
    guard position < bytes.count, bytes[position] == delimiter else { return false }
    position += 1
    return true
  }

  private mutating func endRecord() {
    while position < bytes.count && bytes[position] != 10 { position += 1 }
    if position < bytes.count {
      newLine(after: position)
      position += 1
    }
  }

  private mutating func readCell(_ record: inout Record) -> MappingTable.Cell {
    let start = position
    var cell = MappingTable.Cell(text: "", line: line, lineStart: lineStart, start: start)
    var text: [UInt8] = []
    func fault(_ code: String, _ message: String, at place: Int) -> Fault {
      // What is wrong with the whole cell stands where it begins, some lines above its end perhaps.
      place == start
        ? Fault(
          code: code, message: message, line: cell.line, lineStart: cell.lineStart, start: start)
        : Fault(code: code, message: message, line: line, lineStart: lineStart, start: place)
    }
    if start < bytes.count, bytes[start] == UInt8(ascii: "\"") {
      let opening = fault("unclosed-quote", "the quote is never closed", at: start)
      position += 1
      guard readQuoted(&text) else {
        record.fault = opening
        return cell
      }
      cell.end = position
      if position < bytes.count && bytes[position] == 13 { position += 1 }
      if position < bytes.count, bytes[position] != delimiter, bytes[position] != 10 {
        record.fault = fault(
          "text-after-quote", "there is text between the closing quote and the delimiter",
          at: position)
        return cell
      }
    } else {
      while position < bytes.count, bytes[position] != delimiter, bytes[position] != 10 {
        text.append(bytes[position])
        position += 1
      }
      cell.end = position
      if text.last == 13 && (position == bytes.count || bytes[position] == 10) {
        text.removeLast()
        cell.end -= 1
      }
    }
    guard let valid = String(validating: text, as: UTF8.self) else {
      record.fault = fault("bad-encoding", "the text is not UTF-8", at: start)
      return cell
    }
    cell.text = valid
    return cell
  }

  /// Reads up to and past the closing quote; `false` when there is none.
  private mutating func readQuoted(_ text: inout [UInt8]) -> Bool {
    let quote = UInt8(ascii: "\"")
    while position < bytes.count {
      let byte = bytes[position]
      if byte == quote {
        guard position + 1 < bytes.count, bytes[position + 1] == quote else {
          position += 1
          return true
        }
        position += 1
      } else if byte == 10 {
        newLine(after: position)
      }
      text.append(byte)
      position += 1
    }
    return false
  }
}
