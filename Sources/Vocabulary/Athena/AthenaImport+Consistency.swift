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
    _ table: ConceptTable, against tables: VocabularyTables, firstLines: [Int]
  ) throws(VocabularyError) {
    let lists: [(String, AthenaDownload.File, [[String]], [String], [UInt16])] = [
      (
        "vocabulary", .vocabulary, tables.vocabularies, table.vocabularyNames.names,
        table.vocabularies
      ),
      ("domain", .domain, tables.domains, table.domainNames.names, table.domains),
      ("class", .conceptClass, tables.conceptClasses, table.classNames.names, table.classes),
    ]
    for (what, file, rows, names, handles) in lists where !rows.isEmpty {
      let listed = Set(rows.map { $0[0] })
      let unknown = Set(names.indices.filter { !listed.contains(names[$0]) })
      guard !unknown.isEmpty else { continue }
      let lines = handles.indices.lazy.filter { unknown.contains(Int(handles[$0])) }.map {
        (table.line($0, firstLines), names[Int(handles[$0])])
      }
      guard let first = lines.min(by: { $0.0 < $1.0 }) else { continue }
      throw VocabularyError(
        "inconsistent-download",
        "the \(what) \(first.1) is not in \(file.rawValue): one of the two files is cut short, or of another download",
        path: path(.concept), line: first.0)
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
