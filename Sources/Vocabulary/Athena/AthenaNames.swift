/// Reads VOCABULARY.csv: the names and versions of the vocabularies.
struct AthenaVocabularies: AthenaSink {
  static let columns = ["vocabulary_id", "vocabulary_version"]

  var rows: [(name: String, version: String)] = []

  init() {}

  mutating func take(
    _ rows: AthenaRows, _ bytes: Span<UInt8>, _ places: [Int]
  ) throws(AthenaFault) {
    for row in 0..<rows.count {
      self.rows.append(
        (
          bytes.text(rows.range(row, places[0])),
          bytes.text(rows.range(row, places[1]))
        ))
    }
  }

  mutating func append(_ other: AthenaVocabularies, after line: Int) { rows += other.rows }

  /// The version of the release, which Athena states for the vocabulary `None`; else the first
  /// version stated in the order of names.
  var release: String? {
    if let none = rows.first(where: { $0.name == "None" && !$0.version.isEmpty }) {
      return none.version
    }
    return rows.sorted { ($0.name, $0.version) < ($1.name, $1.version) }
      .first { !$0.version.isEmpty }?.version
  }
}

/// Reads DOMAIN.csv: the names of the domains.
struct AthenaDomains: AthenaSink {
  static let columns = ["domain_id"]

  var names: [String] = []

  init() {}

  mutating func take(
    _ rows: AthenaRows, _ bytes: Span<UInt8>, _ places: [Int]
  ) throws(AthenaFault) {
    for row in 0..<rows.count { names.append(bytes.text(rows.range(row, places[0]))) }
  }

  mutating func append(_ other: AthenaDomains, after line: Int) { names += other.names }
}

extension Span<UInt8> {
  /// Some of the bytes as text, for the few names that are kept as such.
  fileprivate func text(_ range: Range<Int>) -> String {
    let part = extracting(range)
    return String(
      decoding: [UInt8](capacity: part.count) { out in
        for index in part.indices { out.append(part[index]) }
      }, as: UTF8.self)
  }
}
