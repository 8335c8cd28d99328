/// What the files of a whole download must say of one another.
///
/// CPT4 is delivered without its concepts, so that some relationships and ancestors name concepts that
/// are not there; many of them are the sign of a file that was cut at the end of a line, or is of
/// another download.
extension AthenaImport {
  /// Of how many rows one may name a concept that is not there.
  private static let danglingShare = 5

  /// Refuses concepts of a vocabulary, a domain or a class that its own file does not list.
  func check(
    _ concepts: [ConceptTable], against tables: VocabularyTables, firstLines: [Int]
  ) throws(VocabularyError) {
    typealias Kind = (
      names: KeyPath<ConceptTable, NameList>, handles: KeyPath<ConceptTable, [UInt16]>
    )
    let kinds: [(String, AthenaDownload.File, [[String]], Kind)] = [
      ("vocabulary", .vocabulary, tables.vocabularies, (\.vocabularyNames, \.vocabularies)),
      ("domain", .domain, tables.domains, (\.domainNames, \.domains)),
      ("class", .conceptClass, tables.conceptClasses, (\.classNames, \.classes)),
    ]
    for (what, file, rows, kind) in kinds where !rows.isEmpty {
      let listed = Set(rows.map { $0[0] })
      var first: (line: Int, name: String)?
      for table in concepts {
        let names = table[keyPath: kind.names].names
        let unknown = Set(names.indices.filter { !listed.contains(names[$0]) })
        guard !unknown.isEmpty else { continue }
        for (row, handle) in table[keyPath: kind.handles].enumerated()
        where unknown.contains(Int(handle)) {
          let line = table.line(row, firstLines)
          if first.map({ line < $0.line }) ?? true { first = (line, names[Int(handle)]) }
        }
      }
      guard let first else { continue }
      throw VocabularyError(
        "inconsistent-download",
        "the \(what) \(first.name) is not in \(file.rawValue): one of the two files is cut short, or of another download",
        path: path(.concept), line: first.line)
    }
  }

  /// Refuses relationships that RELATIONSHIP.csv does not list, and files of which much names concepts
  /// that are not there.
  func check(
    _ rows: AthenaFile.Rows<AthenaRelationships>, against tables: VocabularyTables
  ) throws(VocabularyError) {
    if !tables.relationships.isEmpty {
      let listed = Set(tables.relationships.map { $0[0] })
      var first: (place: BlockPlace, name: String)?
      for sink in rows.sinks {
        for (kind, place) in zip(sink.kinds.kinds, sink.firstRows)
        where !listed.contains(kind.relationship) {
          if first.map({ place < $0.place }) ?? true { first = (place, kind.relationship) }
        }
      }
      if let first {
        throw VocabularyError(
          "inconsistent-download",
          "the relationship \(first.name) is not in RELATIONSHIP.csv: one of the two files is cut short, or of another download",
          path: path(.relationship), line: first.place.line(rows.firstLines))
      }
    }
    let count = rows.sinks.reduce(0) { $0 + $1.count }
    let dangling = rows.sinks.reduce(0) { $0 + $1.danglingRows }
    guard dangling * Self.danglingShare > count else { return }
    throw VocabularyError(
      "inconsistent-download",
      "\(dangling) of \(count) relationships name concepts that CONCEPT.csv does not have: it is cut short, or of another download; the first is here",
      path: path(.relationship),
      line: rows.sinks.compactMap(\.firstDangling).min()?.line(rows.firstLines))
  }
}
