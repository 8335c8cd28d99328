/// A file that Usagi saved, with no more changed than Usagi needs to open it.
///
/// What nobody has to change keeps its bytes: line ends, quotes, the order of columns, an empty name.
/// Which columns and cells Usagi needs: `SourceCode`, `ReadCodeMappingsFromFile` and `Row` of
/// https://github.com/OHDSI/Usagi.
struct UsagiUpkeep {
  /// The file.
  let bytes: [UInt8]

  /// Columns without which Usagi does not open a file, with what an empty cell must be.
  private static let needed: KeyValuePairs<String, String?> = [
    "sourceCode": nil, "sourceName": nil, "sourceFrequency": "-1",
    "sourceAutoAssignedConceptIds": nil, "mappingStatus": MappingStatus.unchecked.rawValue,
    "conceptId": "0",
  ]

  /// Brings a file up to what Usagi needs, and fills names of targets in; `nil` for a file that has to
  /// be written anew.
  ///
  /// - Parameters:
  ///   - table: the file, of which every row can be read.
  ///   - vocabulary: tells the names and domains of targets.
  init?(_ table: MappingTable, vocabulary: VocabularyIndex?) {
    let names = table.header.map(\.text)
    let known = UsagiRow.header([])
    guard table.layout == .usagi, table.dialect.delimiter == UInt8(ascii: ","),
      Self.needed.allSatisfy({ names.contains($0.key) }),
      names.allSatisfy({ name in
        !known.contains { $0 != name && $0.lowercased() == name.lowercased() }
      }), Self.isLineByLine(table)
    else { return nil }
    var file = MappingFile(table)
    for row in 0..<file.count {
      for case (let name, let text?) in Self.needed {
        guard let place = names.firstIndex(of: name), table.rows[row][place].trimmed.isEmpty
        else { continue }
        file.set(text, row: row, column: place)
      }
      guard let place = names.firstIndex(of: "conceptName"),
        table.rows[row][place].trimmed.isEmpty, let id = names.firstIndex(of: "conceptId"),
        let target = Int64(table.rows[row][id].trimmed), target != 0,
        let concept = vocabulary?.concept(id: target)
      else { continue }
      file.set(concept.name, row: row, column: place)
      if let domain = names.firstIndex(of: "domainId") {
        file.set(concept.domain, row: row, column: domain)
      }
    }
    let whole = file.bytes
    bytes = whole.starts(with: Self.mark) ? Array(whole.dropFirst(Self.mark.count)) : whole
  }

  /// A byte order mark, which Usagi takes for a part of the first name.
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Whether each row is one line, and each line a row: Usagi reads lines.
  private static func isLineByLine(_ table: MappingTable) -> Bool {
    let breaks = table.bytes.count { $0 == 10 }
    let isClosed = table.bytes.last == 10
    let returns = table.bytes.indices.allSatisfy { place in
      table.bytes[place] != 13
        || place + 1 < table.bytes.count && table.bytes[place + 1] == 10
    }
    return returns && breaks + (isClosed ? 0 : 1) == table.rows.count + 1
  }
}
