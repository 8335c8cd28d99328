/// How the cells of a mapping file are written: RFC 4180, or as Usagi writes them.
///
/// Usagi writes a backslash as two, a line feed as `\n`, drops carriage returns, and quotes a cell
/// that holds a quote or the delimiter. Source: `WriteCSVFile` of https://github.com/OHDSI/Usagi.
struct MappingDialect: Sendable {
  var delimiter = UInt8(ascii: ",")
  var escapesBackslashes = false
  var lineEnd: [UInt8] = [10]

  private static let backslash = UInt8(ascii: "\\")
  private static let quote = UInt8(ascii: "\"")

  /// The cells of a record with the texts that they stand for.
  func texts(_ cells: [MappingTable.Cell]) -> [MappingTable.Cell] {
    guard escapesBackslashes, cells.contains(where: { $0.text.utf8.contains(Self.backslash) })
    else { return cells }
    return cells.map { cell in
      var cell = cell
      cell.text = text(cell.text)
      return cell
    }
  }

  /// The text that a cell of Usagi stands for, its quotes gone already; a backslash before anything
  /// but what Usagi writes stands for itself.
  private func text(_ written: String) -> String {
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in written.utf8 {
      if isEscaped {
        isEscaped = false
        switch byte {
        case Self.backslash, Self.quote: bytes.append(byte)
        case UInt8(ascii: "n"): bytes.append(10)
        default: bytes += [Self.backslash, byte]
        }
      } else if byte == Self.backslash {
        isEscaped = true
      } else {
        bytes.append(byte)
      }
    }
    if isEscaped { bytes.append(Self.backslash) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A cell for a text, quoted where it must be or where it is asked for.
  func cell(_ text: String, isQuoted: Bool = false) -> [UInt8] {
    var isQuoted = isQuoted
    var body: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case Self.quote:
        body += [byte, byte]
        isQuoted = true
      case Self.backslash where escapesBackslashes: body += [byte, byte]
      case 13 where escapesBackslashes: break
      case 10 where escapesBackslashes: body += [Self.backslash, UInt8(ascii: "n")]
      case delimiter, 10, 13:
        body.append(byte)
        isQuoted = true
      default: body.append(byte)
      }
    }
    return isQuoted ? [Self.quote] + body + [Self.quote] : body
  }

  /// A line for some texts, with its end.
  func line(_ texts: [String]) -> [UInt8] {
    Array(texts.map { cell($0) }.joined(separator: [delimiter])) + lineEnd
  }
}
