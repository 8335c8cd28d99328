import EcluseKit
import Foundation

/// Files in which every line is a JSON object, whose members are cells.
public enum NDJSON {
  /// The reader `ndjson`: `header:` of a column is the name of its member.
  public static func reader(_ settings: ReaderSettings) throws -> LineReader {
    let columns = Dictionary(
      uniqueKeysWithValues: settings.columns.enumerated().map { ($1, $0) })
    return try LineReader(settings) { line, records in
      var bytes = Data(capacity: line.count)
      for index in line.indices { bytes.append(line[index]) }
      guard let object = try? JSONDecoder().decode([String: Cell].self, from: bytes) else {
        return records.refuse("not_an_object")
      }
      for (name, cell) in object {
        guard let column = columns[name] else { continue }
        guard let text = cell.text else { return records.refuse("nested_value") }
        records.set(column, text)
      }
    }
  }

  /// A value of an object.
  private enum Cell: Decodable {
    case scalar(String)
    case nested

    /// The text of the cell, empty for null.
    var text: String? {
      switch self {
      case .scalar(let text): text
      case .nested: nil
      }
    }

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if value.decodeNil() {
        self = .scalar("")
      } else if let flag = try? value.decode(Bool.self) {
        self = .scalar(flag ? "true" : "false")
      } else if let number = try? value.decode(Decimal.self) {
        self = .scalar("\(number)")
      } else if let text = try? value.decode(String.self) {
        self = .scalar(text)
      } else {
        self = .nested
      }
    }
  }
}
