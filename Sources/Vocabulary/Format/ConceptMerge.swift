import Columnar

/// Brings the concepts of several tables into the ascending order of their ids.
struct ConceptMerge: Sendable {
  private var tables: [ConceptTable]
  private let ids: [UInt32]
  /// For each table the positions of its rows.
  private let positions: [[UInt32]]
  private let names: Names

  /// The lists of names of all tables, in the order of their bytes, and for each table what its
  /// positions in its own lists become.
  private struct Names: Sendable {
    var lists = [NameList(), NameList(), NameList()]
    var maps: [[[UInt16]]] = []

    init?(_ tables: [ConceptTable], domains: [String], vocabularies: [String]) {
      for table in tables {
        let own = [table.domainNames, table.vocabularyNames, table.classNames]
        var merged: [[UInt16]] = []
        for (kind, list) in own.enumerated() {
          guard let map = lists[kind].merge(list) else { return nil }
          merged.append(map)
        }
        maps.append(merged)
      }
      for (kind, names) in [domains, vocabularies].enumerated() {
        for name in names where lists[kind].insert(name) == nil { return nil }
      }
      for kind in lists.indices {
        let sorted = lists[kind].sort()
        for table in maps.indices { maps[table][kind] = maps[table][kind].map { sorted[Int($0)] } }
      }
    }
  }

  /// Takes tables that the concepts of a file were read into; an id that stands twice is refused.
  ///
  /// `firstLines` are the lines of the file with which its blocks begin, for complaints. The names of
  /// `domains` and `vocabularies` stand in the lists even if no concept has them.
  init(
    _ tables: [ConceptTable], path: String?, firstLines: [Int] = [],
    domains: [String] = [], vocabularies: [String] = []
  ) throws(VocabularyError) {
    let count = tables.reduce(0) { $0 + $1.count }
    guard count < Int(Int32.max),
      tables.reduce(0, { $0 + $1.names.bytes.count }) <= ConceptTable.mostBytes,
      tables.reduce(0, { $0 + $1.codes.bytes.count }) <= ConceptTable.mostBytes,
      let names = Names(tables, domains: domains, vocabularies: vocabularies)
    else {
      throw VocabularyError(
        "too-many-names",
        "the file has too many concepts, or too many domains, vocabularies or classes", path: path)
    }
    var keys: [UInt64] = []
    keys.reserveCapacity(count)
    for table in tables {
      for id in table.ids { keys.append(UInt64(id) << 32 | UInt64(keys.count)) }
    }
    // Rows ascend already.
    RadixSort.sort(&keys, from: 32)
    for place in keys.indices.dropFirst() where keys[place] >> 32 == keys[place - 1] >> 32 {
      let lines = [keys[place - 1], keys[place]].map { key in
        ConceptMerge.line(Int(key & 0xFFFF_FFFF), tables, firstLines)
      }
      throw VocabularyError(
        "duplicate-concept",
        "the concept \(keys[place] >> 32) stands twice; it stands first on line \(min(lines[0], lines[1]))",
        path: path, line: max(lines[0], lines[1]))
    }
    ids = keys.map { UInt32(truncatingIfNeeded: $0 >> 32) }
    var places = [UInt32](repeating: 0, count: count)
    var target = places.mutableSpan
    for place in keys.indices {
      target[Int(keys[place] & 0xFFFF_FFFF)] = UInt32(truncatingIfNeeded: place)
    }
    keys = []
    var first = 0
    positions = tables.map { table in
      defer { first += table.count }
      return Array(places[first..<first + table.count])
    }
    self.names = names
    self.tables = tables
  }

  private static func line(_ row: Int, _ tables: [ConceptTable], _ firstLines: [Int]) -> Int {
    var row = row
    for table in tables {
      if row < table.count { return table.line(row, firstLines) }
      row -= table.count
    }
    return 0
  }

  /// The one table, for which the others are used up.
  consuming func table(workers: Int) -> ConceptTable {
    let codes = TextArray(placing: tables.map(\.codes), at: positions, workers: workers)
    for table in tables.indices { tables[table].codes = TextArray() }
    let names = TextArray(placing: tables.map(\.names), at: positions, workers: workers)
    for table in tables.indices { tables[table].names = TextArray() }
    let rest = self
    let columns = Guarded(ConceptTable())
    concurrently(7, workers: workers) { number in
      switch number {
      case 0:
        let column = rest.named(0, rest.tables.map(\.domains))
        columns.withLock { $0.domains = column }
      case 1:
        let column = rest.named(1, rest.tables.map(\.vocabularies))
        columns.withLock { $0.vocabularies = column }
      case 2:
        let column = rest.named(2, rest.tables.map(\.classes))
        columns.withLock { $0.classes = column }
      case 3:
        let column = rest.placed(rest.tables.map(\.standardLetters))
        columns.withLock { $0.standardLetters = column }
      case 4:
        let column = rest.placed(rest.tables.map(\.invalidLetters))
        columns.withLock { $0.invalidLetters = column }
      case 5:
        let column = rest.placed(rest.tables.map(\.validStarts))
        columns.withLock { $0.validStarts = column }
      default:
        let column = rest.placed(rest.tables.map(\.validEnds))
        columns.withLock { $0.validEnds = column }
      }
    }
    var result = columns.withLock { $0 }
    result.ids = rest.ids
    result.codes = codes
    result.names = names
    result.domainNames = rest.names.lists[0]
    result.vocabularyNames = rest.names.lists[1]
    result.classNames = rest.names.lists[2]
    return result
  }

  /// The values of one column in the order of the ids.
  private func placed<Value: FixedWidthInteger>(_ parts: [[Value]]) -> [Value] {
    var values = [Value](repeating: 0, count: ids.count)
    var target = values.mutableSpan
    for (part, positions) in zip(parts, positions) {
      for row in part.indices { target[Int(positions[row])] = part[row] }
    }
    return values
  }

  /// A column of positions in one of the lists of names, in the order of the ids.
  private func named(_ kind: Int, _ parts: [[UInt16]]) -> [UInt16] {
    var values = [UInt16](repeating: 0, count: ids.count)
    var target = values.mutableSpan
    for (table, part) in parts.enumerated() {
      let map = names.maps[table][kind]
      let positions = positions[table]
      for row in part.indices { target[Int(positions[row])] = map[Int(part[row])] }
    }
    return values
  }
}
