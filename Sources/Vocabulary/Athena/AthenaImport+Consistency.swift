/// What the files of a whole download must say of one another.
///
/// CPT4 is delivered without its concepts, so that some relationships and ancestors name concepts that
/// are not there; many of them are the sign of a file that was cut at the end of a line, or is of
/// another download.
extension AthenaImport {
  /// Of how many rows one may name a concept that is not there.
  private static let danglingShare = 10
  /// Of how many rows one may lack its reverse.
  private static let aloneShare = 100

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
  mutating func check(
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
    let alone = ReversePairs.alone(rows.sinks.map(\.pairs))
    guard alone * Self.aloneShare <= count else {
      throw VocabularyError(
        "inconsistent-download",
        "about \(alone) of \(count) relationships stand without their reverse, which Athena writes beside each: the file is cut short",
        path: path(.relationship))
    }
    if alone > 0 {
      warnings.append(
        "CONCEPT_RELATIONSHIP.csv: about \(alone) of \(count) rows stand without their reverse; the file may be cut short"
      )
    }
    let dangling = rows.sinks.reduce(0) { $0 + $1.danglingRows }
    guard dangling * Self.danglingShare > count else { return }
    throw VocabularyError(
      "inconsistent-download",
      "\(dangling) of \(count) relationships name concepts that CONCEPT.csv does not have: it is cut short, or of another download; the first is here",
      path: path(.relationship),
      line: rows.sinks.compactMap(\.firstDangling).min()?.line(rows.firstLines))
  }

  /// Says which files the download lacks, and refuses one that maps no code at all.
  mutating func checkFiles() throws(VocabularyError) {
    if path(.relationship) == nil {
      throw VocabularyError(
        "missing-file",
        "the download has no file CONCEPT_RELATIONSHIP.csv, without which no code maps to anything; download it again",
        path: folder)
    }
    let lost: [(AthenaDownload.File, String)] = [
      (.vocabulary, "release"), (.domain, "domains but those of concepts"),
      (.ancestor, "ancestors, nor the ingredients of drugs"), (.strength, "strengths of drugs"),
      (.synonym, "synonyms"), (.conceptClass, "names of classes"),
      (.relationshipName, "names of relationships"),
    ]
    for (file, what) in lost where path(file) == nil {
      warnings.append("the download has no file \(file.rawValue): the index knows no \(what)")
    }
  }

  /// Says what a file of which no row came must be taken for.
  mutating func checkRows(_ file: AthenaDownload.File, isEmpty: Bool) {
    guard isEmpty, isWhole, path(file) != nil else { return }
    warnings.append("\(file.rawValue) has no rows; the file may be cut short")
  }
}
